import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildAll } from "../../scripts/parts/build.ts";
import { claimDataFolder } from "../../scripts/parts/data-folder.ts";
import { standalone } from "../../scripts/parts/paths.ts";
import { freePort } from "../../scripts/parts/ports.ts";
import { reachableBinaries } from "../../scripts/parts/postgres.ts";
import { System } from "../../scripts/parts/system.ts";

/** What `npm start` starts, on a database of its own; the tests find it through E2E_ variables. */
export default async function setup(): Promise<() => Promise<void>> {
  await buildAll(() => undefined);
  const folder = mkdtempSync(join(tmpdir(), "reachable-e2e-"));
  chmodSync(folder, 0o711);
  const data = await claimDataFolder(join(folder, "data"));
  const port = await freePort();
  const system = new System({
    data,
    programs: standalone,
    address: { port, host: "127.0.0.1", origin: `http://localhost:${port}` },
    env: { PATH: process.env.PATH, LIMITS: process.env.E2E_LIMITS },
    binaries: await reachableBinaries(folder),
    postgresSettings: ["fsync=off"],
    say: () => undefined,
  });
  const stop = async () => {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await system.startEmbedded();
    await system.startApp();
    const catcher = JSON.parse(system.env.REACHABLE_CATCHER ?? "{}") as { url: string; token: string };
    Object.assign(process.env, {
      E2E_ORIGIN: system.options.address.origin,
      E2E_CATCHER_URL: catcher.url,
      E2E_CATCHER_TOKEN: catcher.token,
      E2E_DATABASE_URL: system.env.DATABASE_URL,
      E2E_DATABASE_ADMIN_URL: system.adminUrl,
      E2E_SETUP_LINK: await system.run("setup-link"),
      E2E_LOGS: join(folder, "data/logs"),
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
