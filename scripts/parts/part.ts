import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { at } from "./paths.ts";
import { Stop } from "./stop.ts";

export type Variables = Record<string, string | undefined>;

export interface PartSpec {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  env: Variables;
  uid?: number | undefined;
  gid?: number | undefined;
  /** How this part is asked to end; Postgres calls its quick and orderly way SIGINT. */
  signal?: "SIGTERM" | "SIGINT";
  /** Where its output goes; none: to this terminal. */
  log?: { fd: number; file: string } | undefined;
}

export interface Part {
  name: string;
  pid: number;
  /** Settles when the part has ended, asked or not. */
  ended: Promise<{ code: number; asked: boolean }>;
  stop(): Promise<void>;
  /** If this process dies, the part waits until `other` has ended. */
  outlive(other: Part): void;
  lastLines(): string;
}

export function startPart(spec: PartSpec): Part {
  const out = spec.log?.fd ?? "inherit";
  const guard = fork(at("scripts/guard.mjs"), [], { detached: true, stdio: ["ignore", out, out, "ipc"], env: bareEnv() });
  const { name, log, signal = "SIGTERM", ...rest } = spec;
  guard.send({ ...rest, signal });
  let asked = false;
  const ended = new Promise<{ code: number; asked: boolean }>((resolve) => {
    guard.once("exit", (code, killedBy) => {
      if (killedBy !== null) endGroup(guard);
      resolve({ code: code ?? 1, asked });
    });
  });
  return {
    name,
    pid: guard.pid ?? 0,
    ended,
    lastLines: () => (log === undefined ? "" : readFileSync(log.file, "utf8").trimEnd().split("\n").slice(-5).join("\n")),
    outlive: (other) => tell(guard, { after: other.pid }),
    stop: async () => {
      asked = true;
      tell(guard, { stop: true });
      await ended;
    },
  };
}

/** Runs `wait`, but fails at once when the part ends before it is through. */
export async function whileRunning<T>(part: Part, wait: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const gone = part.ended.then(({ code }): never => {
    const lines = part.lastLines();
    throw new Stop(`The ${part.name} ended while starting (exit code ${code}).${lines === "" ? "" : `\n${lines}`}`);
  });
  try {
    return await Promise.race([wait(abort.signal), gone]);
  } finally {
    abort.abort();
  }
}

function tell(guard: ChildProcess, message: { stop: true } | { after: number }): void {
  if (guard.connected) guard.send(message);
}

// Only where the guard itself was killed: its part would go on alone.
function endGroup(guard: ChildProcess): void {
  try {
    if (guard.pid !== undefined) process.kill(-guard.pid, "SIGTERM");
  } catch {
    // The group is gone.
  }
}

function bareEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV };
}
