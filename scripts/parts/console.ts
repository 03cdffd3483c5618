import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Part, startPart, type Variables, whileRunning } from "./part.ts";
import { at, standalone } from "./paths.ts";
import type { Address } from "./settings.ts";
import { Stop } from "./stop.ts";

const READY_MS = 60_000;

export interface ProgramOptions {
  env: Variables;
  log?: { fd: number; file: string } | undefined;
}

export function startProgram(name: string, folder: string, { env, log }: ProgramOptions): Part {
  return startPart({ name, command: process.execPath, args: ["--enable-source-maps", join(folder, `${name}.mjs`)], cwd: folder, env, log });
}

export function startConsole({ port, host }: Address, { env, log }: ProgramOptions): Part {
  return startPart({
    name: "console",
    command: process.execPath,
    args: [join(standalone, "server.js")],
    cwd: standalone,
    env: { ...env, PORT: String(port), HOSTNAME: host },
    log,
  });
}

export function startDevConsole({ port, host }: Address, { env, log }: ProgramOptions): Part {
  return startPart({
    name: "console",
    command: process.execPath,
    args: [at("node_modules/next/dist/bin/next"), "dev", "--port", String(port), "--hostname", host],
    cwd: at(),
    env: { ...env, NODE_ENV: "development", PORT: String(port) },
    log,
  });
}

/** Waits for the console's own word that database, migrations and worker are there. */
export function waitUntilReady(console: Part, { port, host }: Address): Promise<void> {
  const url = `http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${port}/readyz`;
  return whileRunning(console, async (signal) => {
    const deadline = Date.now() + READY_MS;
    let answer = "nothing";
    while (!signal.aborted) {
      try {
        const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]) });
        if (response.ok) return;
        answer = `${response.status} ${(await response.text()).slice(0, 200)}`;
      } catch {
        // not listening yet
      }
      if (Date.now() > deadline) throw new Stop(`The console did not become ready within a minute; ${url} answered: ${answer}`);
      await pause(100);
    }
  });
}
