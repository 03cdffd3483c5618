import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
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
  const dnsPort = await freePort();
  const smtpPort = await freePort();
  const system = new System({
    data,
    programs: standalone,
    address: { port, host: "127.0.0.1", origin: `http://localhost:${port}` },
    env: {
      PATH: process.env.PATH,
      LIMITS: process.env.E2E_LIMITS,
      DNS_SERVERS: `127.0.0.1:${dnsPort}`,
      SMTP_ALLOW_CIDRS: "127.0.0.0/8",
      SMTP_ALLOW_PORTS: String(smtpPort),
    },
    binaries: await reachableBinaries(folder),
    postgresSettings: ["fsync=off"],
    say: () => undefined,
  });
  // A test runs in a process of its own, and asks this one to start the worker and the console anew, with settings of its own.
  const control = createServer((request, response) => {
    restart(system, request).then(
      () => response.end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const stop = async () => {
    control.close();
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await system.startEmbedded();
    await system.startApp();
    await new Promise<void>((listening) => control.listen(0, "127.0.0.1", listening));
    const catcher = JSON.parse(system.env.REACHABLE_CATCHER ?? "{}") as { url: string; token: string };
    Object.assign(process.env, {
      E2E_ORIGIN: system.options.address.origin,
      E2E_CATCHER_URL: catcher.url,
      E2E_CATCHER_TOKEN: catcher.token,
      E2E_DATABASE_URL: system.env.DATABASE_URL,
      E2E_DATABASE_ADMIN_URL: system.adminUrl,
      E2E_DNS_PORT: String(dnsPort),
      E2E_SMTP_PORT: String(smtpPort),
      E2E_SETUP_LINK: await system.run("setup-link"),
      E2E_LOGS: join(folder, "data/logs"),
      E2E_RESTART_URL: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

const own = new Set<string>();

async function restart(system: System, request: IncomingMessage): Promise<void> {
  const settings = JSON.parse(Buffer.concat(await request.toArray()).toString("utf8") || "{}") as Record<string, string>;
  for (const name of own) delete system.env[name];
  own.clear();
  for (const name of Object.keys(settings)) own.add(name);
  Object.assign(system.env, settings);
  for (const name of ["console", "worker"]) {
    const at = system.parts.findIndex((part) => part.name === name);
    const [part] = system.parts.splice(at, 1);
    await part?.stop();
  }
  await system.startApp();
}
