import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { at, root } from "../../scripts/parts/paths.ts";
import { freePort } from "../../scripts/parts/ports.ts";

/** What somebody would write who wants nothing but the row: no session, no policy, no audit, no check. */
const ROUTE = `
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
export const dynamic = "force-dynamic";

export async function GET(request) {
  const url = new URL(request.url);
  const { rows } = await pool.query(
    \`SELECT id, subscriber_id, type, label, address, verified_at, enabled, paused_until, undeliverable_reason, locked_at,
            pending_address, needs_action, created_at, updated_at FROM contact_point
      WHERE institution_id = $1 AND subscriber_id = $2 AND deleted_at IS NULL
      ORDER BY needs_action DESC, created_at DESC, id DESC LIMIT 26\`,
    [url.searchParams.get("institution"), url.searchParams.get("subscriber")]);
  return Response.json({ items: rows.slice(0, 25) });
}

export async function POST(request) {
  const { institution, subscriber, type, label, config } = await request.json();
  const { rows } = await pool.query(
    \`INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address)
      VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6) RETURNING *\`,
    [institution, subscriber, type, label, config, config.email]);
  return Response.json(rows[0], { status: 201 });
}

export async function PATCH(request) {
  const { institution, id, enabled } = await request.json();
  const { rows } = await pool.query(
    "UPDATE contact_point SET enabled = $3, updated_at = now() WHERE institution_id = $1 AND id = $2 RETURNING *", [institution, id, enabled]);
  return Response.json(rows[0]);
}
`;

const FILES: Record<string, string> = {
  "package.json": `{ "private": true, "type": "module" }`,
  "next.config.js": `export default { output: "standalone", compress: false, poweredByHeader: false,
  outputFileTracingRoot: ${JSON.stringify(root)}, turbopack: { root: ${JSON.stringify(root)} }, serverExternalPackages: ["pg"] };`,
  "app/layout.js": `export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }`,
  "app/page.js": `export default function Page() { return <p>Nothing</p>; }`,
  "app/items/route.js": ROUTE,
};

export interface Baseline {
  port: number;
  stop(): Promise<void>;
}

/** A bare app of the same Next, built and run the same way. It stands inside the project so that it finds its packages. */
export async function startBaseline(databaseUrl: string): Promise<Baseline> {
  const folder = at(".next/bench");
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    NEXT_TELEMETRY_DISABLED: "1",
    NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS ?? "",
  };
  const built = spawnSync(process.execPath, [at("node_modules/next/dist/bin/next"), "build"], { cwd: folder, encoding: "utf8", env });
  if (built.status !== 0) throw new Error(`The bare app could not be built:\n${built.stdout}\n${built.stderr}`);
  const output = join(folder, ".next/standalone");
  const home = [join(output, relative(root, folder)), output].find((path) => existsSync(join(path, "server.js"))) ?? output;
  cpSync(join(folder, ".next/static"), join(home, ".next/static"), { recursive: true });
  const port = await freePort();
  const child = spawn(process.execPath, [join(home, "server.js")], {
    cwd: home,
    env: { ...env, PORT: String(port), HOSTNAME: "127.0.0.1", DATABASE_URL: databaseUrl },
    stdio: ["ignore", "ignore", "inherit"],
  });
  await untilListening(child, port);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return {
    port,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error("The bare app ended by itself.");
}
