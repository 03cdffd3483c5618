import { chmodSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { freePort } from "@/scripts/parts/ports";
import { adminUrl, databaseUrl, ensureDatabase, reachableBinaries, startPostgres } from "@/scripts/parts/postgres";

const TEMPLATE = "template";
const APP_ROLE = "reachable_app";
const PASSWORD = "test";

interface DatabaseServer {
  port: number;
  password: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    databaseServer: DatabaseServer;
  }
}

type Running = { server: DatabaseServer; stop: () => Promise<void> };

// Each project loads a copy of this module.
const holder = globalThis as { reachableTestServer?: Promise<Running> };

/** One Postgres for all projects of a run, with a migrated template that each test file gets a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  holder.reachableTestServer ??= startServer();
  const { server, stop } = await holder.reachableTestServer;
  project.provide("databaseServer", server);
  return stop;
}

async function startServer(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "reachable-test-"));
  chmodSync(folder, 0o711);
  const server = { port: await freePort(), password: PASSWORD };
  const file = join(folder, "postgres.log");
  const part = await startPostgres({
    folder: join(folder, "postgres"),
    binaries: await reachableBinaries(folder),
    ...server,
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"],
    log: { fd: openSync(file, "a"), file },
  });
  await ensureDatabase(adminUrl(server.port, PASSWORD), TEMPLATE);
  await migrate({
    adminUrl: adminUrl(server.port, PASSWORD, TEMPLATE),
    appUrl: databaseUrl(APP_ROLE, PASSWORD, server.port, TEMPLATE),
    folder: join(import.meta.dirname, "../../prisma/migrations"),
  });
  const stop = async () => {
    await part.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, stop };
}
