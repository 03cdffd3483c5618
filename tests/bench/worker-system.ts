import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundlePrograms } from "../../scripts/parts/bundle.ts";
import { claimDataFolder } from "../../scripts/parts/data-folder.ts";
import { freePort } from "../../scripts/parts/ports.ts";
import { reachableBinaries } from "../../scripts/parts/postgres.ts";
import { System } from "../../scripts/parts/system.ts";
import { LIMITS } from "./limits.ts";
import { type Sink, startSink } from "./sink-process.ts";

export interface WorkerSystem {
  system: System;
  sink: Sink;
  /** Greets, and answers a byte a second. */
  dripping: Sink;
  /** Takes connections and never greets. */
  silent: Sink;
  stop(): Promise<void>;
}

/** A Postgres, three mail servers and the bundled worker: what delivery needs, without a console. */
export async function startWorkerSystem(): Promise<WorkerSystem> {
  const folder = mkdtempSync(join(tmpdir(), "reachable-bench-"));
  chmodSync(folder, 0o711);
  const programs = join(folder, "programs");
  await bundlePrograms(programs, ["worker", "migrate"]);
  const data = await claimDataFolder(join(folder, "data"));
  const [port, sink, dripping, silent] = [await freePort(), await startSink(), await startSink("drips"), await startSink("silent")];
  const system = new System({
    data,
    programs,
    address: { port, host: "127.0.0.1", origin: `http://localhost:${port}` },
    env: {
      PATH: process.env.PATH,
      LIMITS: JSON.stringify(LIMITS),
      SYSTEM_SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
      SYSTEM_SMS_URL: "http://127.0.0.1:9/texts",
      SYSTEM_MAIL_FROM: "no-reply@reachable.example",
      SMTP_ALLOW_CIDRS: "127.0.0.0/8",
      SMTP_ALLOW_PORTS: `${sink.port},${dripping.port},${silent.port}`,
      ALLOW_PLAINTEXT_SMTP: "1",
      NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS,
    },
    binaries: await reachableBinaries(folder),
    say: () => undefined,
  });
  const stop = async () => {
    await system.stop();
    for (const server of [sink, dripping, silent]) server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await system.startEmbedded();
  } catch (error) {
    await stop();
    throw error;
  }
  return { system, sink, dripping, silent, stop };
}
