import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAll } from "../../scripts/parts/build.ts";
import { claimDataFolder } from "../../scripts/parts/data-folder.ts";
import { standalone } from "../../scripts/parts/paths.ts";
import { freePort } from "../../scripts/parts/ports.ts";
import { reachableBinaries } from "../../scripts/parts/postgres.ts";
import { System } from "../../scripts/parts/system.ts";
import { LIMITS } from "./limits.ts";
import { type Sink, startSink } from "./sink-process.ts";

export interface BenchSystem {
  system: System;
  sink: Sink;
  port: number;
  origin: string;
  /** Resident memory of a running part, in MiB. */
  memory(name: string): number;
  stop(): Promise<void>;
}

/** The standalone build with a Postgres of its own, at the settings of `npm start`, and a mail server that only counts. */
export async function startBenchSystem(): Promise<BenchSystem> {
  await buildAll((line) => console.log(line));
  const folder = mkdtempSync(join(tmpdir(), "reachable-bench-"));
  chmodSync(folder, 0o711);
  const data = await claimDataFolder(join(folder, "data"));
  const [port, sink] = [await freePort(), await startSink()];
  const origin = `http://localhost:${port}`;
  const system = new System({
    data,
    programs: standalone,
    address: { port, host: "127.0.0.1", origin },
    env: {
      PATH: process.env.PATH,
      LIMITS: JSON.stringify(LIMITS),
      SYSTEM_SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      SYSTEM_SMS_URL: "http://127.0.0.1:9/texts",
      SYSTEM_MAIL_FROM: "no-reply@reachable.example",
      NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS,
    },
    binaries: await reachableBinaries(folder),
    say: () => undefined,
  });
  const stop = async () => {
    await system.stop();
    sink.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await system.startEmbedded();
    await system.startApp();
  } catch (error) {
    await stop();
    throw error;
  }
  const memory = (name: string) => residentMib(system.parts.find((part) => part.name === name)?.pid ?? 0);
  return { system, sink, port, origin, memory, stop };
}

/** Ends one part; what the system watches otherwise goes on. */
export async function stopPart({ system }: Pick<BenchSystem, "system">, name: string): Promise<void> {
  const at = system.parts.findIndex((part) => part.name === name);
  const [part] = at < 0 ? [] : system.parts.splice(at, 1);
  await part?.stop();
}

// A part's process is the one child of its guard.
function residentMib(guard: number): number {
  try {
    const child = readFileSync(`/proc/${guard}/task/${guard}/children`, "utf8").trim().split(" ")[0];
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
