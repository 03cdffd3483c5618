import { mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "@/lib/db/migrate";
import { freePort } from "@/scripts/parts/ports";
import { adminUrl, databaseUrl, ensureDatabase, reachableBinaries, startPostgres } from "@/scripts/parts/postgres";

/** A migrated, empty database in a folder that others remove. Returns its address for the app's role, and what ends it. */
export async function startDatabase(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  mkdirSync(folder, { mode: 0o711 });
  const [port, password, name] = [await freePort(), "test", "reachable"];
  const file = join(folder, "postgres.log");
  const part = await startPostgres({
    folder: join(folder, "postgres"),
    binaries: await reachableBinaries(folder),
    port,
    password,
    settings: ["fsync=off"],
    log: { fd: openSync(file, "a"), file },
  });
  const url = databaseUrl("reachable_app", password, port, name);
  await ensureDatabase(adminUrl(port, password), name);
  await migrate({
    adminUrl: adminUrl(port, password, name),
    appUrl: url,
    folder: join(import.meta.dirname, "../../prisma/migrations"),
  });
  return { url, stop: () => part.stop() };
}
