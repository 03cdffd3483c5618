import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const PROGRAM = `
  import { logConsole } from "@/lib/http/log-console";
  logConsole();
  console.error("failed: %s", "reason\\nof two lines");
  console.warn({ to: "jane@example.com" });
  console.error("x", Object.assign(new Error("of a page"), { digest: "1" }));
`;

describe("R67: what the framework prints", () => {
  it("R67: it becomes lines of the log, and an error with a digest is left to its own hook", () => {
    const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", PROGRAM], {
      cwd: join(import.meta.dirname, "../.."),
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    const lines = run.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { level: number; msg: string });
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [50, "failed: reason\nof two lines"],
      [40, "{ to: 'j***@example.com' }"],
    ]);
  });
});
