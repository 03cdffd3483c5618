import { format } from "node:util";
import { logger } from "@/lib/core/logger";

const LEVELS = { error: "error", warn: "warn", info: "info", log: "info", debug: "debug" } as const;

/** What the framework prints becomes lines of our log too (R67), but for errors that have a digest: those come to onRequestError. */
export function logConsole(): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    console[method as keyof typeof LEVELS] = (...args: unknown[]) => {
      if (!args.some((arg) => arg instanceof Error && "digest" in arg)) {
        logger[level](format(...args));
      }
    };
  }
}
