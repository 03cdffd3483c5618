import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";
import { bundlePrograms } from "@/scripts/parts/bundle";

let bundled: Promise<string> | undefined;

/** The worker as it is shipped: one bundled file, made once for each test file. */
function bundle(): Promise<string> {
  bundled ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), "reachable-worker-"));
    await bundlePrograms(folder, ["worker"]);
    return folder;
  })();
  return bundled;
}

afterAll(async () => {
  if (bundled !== undefined) rmSync(await bundled, { recursive: true, force: true });
  bundled = undefined;
});

export interface WorkerProcess {
  child: ChildProcess;
  /** All that it printed so far. */
  output: () => string;
  /** Settles when it has said that it started. */
  started: Promise<void>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** A worker process of its own, with the settings of this test file and `more`. It ends with the test at the latest. */
export async function startWorkerProcess(more: Record<string, string>): Promise<WorkerProcess> {
  const env = { ...process.env, LOG_LEVEL: "info", ...more };
  const child = spawn(process.execPath, [join(await bundle(), "worker.mjs")], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  const started = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("worker started")) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void ended.then(({ code }) => reject(new Error(`the worker ended with ${code}: ${output}`)));
  });
  started.catch(() => undefined);
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) await kill("SIGKILL");
  });
  return { child, output: () => output, started, ended, kill };
}
