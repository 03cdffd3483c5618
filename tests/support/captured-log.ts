import fs from "node:fs";
import { onTestFinished, vi } from "vitest";
import { logger } from "@/lib/core/logger";

/** All that the log would have printed from here to the end of the test, down to the last detail. */
export function captureLog(): () => string {
  const lines: string[] = [];
  const write = fs.writeSync.bind(fs) as (...args: unknown[]) => number;
  const spy = vi.spyOn(fs, "writeSync").mockImplementation(((fd: number, data: string | Uint8Array, ...rest: unknown[]) => {
    if (fd !== 1) {
      return write(fd, data, ...rest);
    }
    lines.push(Buffer.from(data as string).toString());
    return Buffer.byteLength(data);
  }) as typeof fs.writeSync);
  const { level } = logger;
  logger.level = "trace";
  onTestFinished(() => {
    logger.level = level;
    spy.mockRestore();
  });
  return () => lines.join("");
}
