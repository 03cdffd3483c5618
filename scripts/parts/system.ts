import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startConsole, startDevConsole, startProgram, waitUntilReady } from "./console.ts";
import { type DataFolder, openLog, writeWhole } from "./data-folder.ts";
import { type Part, type Variables, whileRunning } from "./part.ts";
import { freePort } from "./ports.ts";
import { adminUrl, databaseUrl, ensureDatabase, startPostgres } from "./postgres.ts";
import { readSecrets, type Secrets } from "./secrets.ts";
import type { Address } from "./settings.ts";
import { Stop } from "./stop.ts";

const APP_ROLE = "reachable_app";
const DATABASE = "reachable";

export interface SystemOptions {
  data: DataFolder;
  /** Where the bundled programs are. */
  programs: string;
  address: Address;
  env: Variables;
  dev?: boolean;
  binaries?: string;
  postgresSettings?: string[];
  say: (line: string) => void;
}

/** Everything that runs, in the order of its start. It is ended from the last to the first. */
export class System {
  readonly parts: Part[] = [];
  env: Variables;
  /** The embedded database as a superuser. Empty beside a database of the operator's. */
  adminUrl = "";
  readonly options: SystemOptions;

  constructor(options: SystemOptions) {
    this.options = options;
    this.env = { ...options.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", APP_ORIGIN: options.address.origin };
    delete this.env.DATABASE_ADMIN_URL;
  }

  /** Postgres, its secrets and, unless there are real ones, senders that keep what they are given. */
  async startEmbedded(): Promise<void> {
    const { data, say, binaries, postgresSettings } = this.options;
    const secrets = readSecrets(data.path);
    const port = await recordedPort(data.path);
    say("Starting the database.");
    const database = await startPostgres({
      folder: join(data.path, "postgres"),
      port,
      password: secrets.databaseAdminPassword,
      log: openLog(data.path, "database"),
      ...(binaries === undefined ? {} : { binaries }),
      ...(postgresSettings === undefined ? {} : { settings: postgresSettings }),
    });
    this.add(database);
    await ensureDatabase(adminUrl(port, secrets.databaseAdminPassword), DATABASE);
    for (const name of ["AUTH_SECRET", "SECRETS_KEYS", "CODE_PEPPERS"] as const) this.env[name] ||= secrets[name];
    this.env.DATABASE_URL = databaseUrl(APP_ROLE, secrets.databasePassword, port, DATABASE);
    this.adminUrl = adminUrl(port, secrets.databaseAdminPassword, DATABASE);
    await this.run("migrate", { DATABASE_ADMIN_URL: this.adminUrl });
    if (!this.env.SYSTEM_SMTP_URL && !this.env.SYSTEM_SMS_URL) await this.startCatcher(secrets);
  }

  async startApp(): Promise<void> {
    const { address, dev, say } = this.options;
    say("Starting the worker and the console.");
    const worker = this.startWorker();
    const part = dev ? startDevConsole(address, this.output("console")) : startConsole(address, this.output("console"));
    this.add(part);
    await whileRunning(worker, () => waitUntilReady(part, address));
  }

  startWorker(): Part {
    const part = startProgram("worker", this.options.programs, this.output("worker"));
    this.add(part);
    return part;
  }

  async restartWorker(): Promise<void> {
    const at = this.parts.findIndex(({ name }) => name === "worker");
    const [before] = this.parts.splice(at, 1);
    await before?.stop();
    this.startWorker();
  }

  /** Runs a bundled program to its end and gives what it printed. */
  run(name: string, more: Variables = {}): Promise<string> {
    const env = { ...this.env, ...more } as NodeJS.ProcessEnv;
    const child = spawn(process.execPath, [join(this.options.programs, `${name}.mjs`)], {
      cwd: this.options.programs,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once("close", (code) =>
        code === 0 ? resolve(out.trim()) : reject(new Stop(err.trim() || `${name} ended with exit code ${code}.`)),
      );
    });
  }

  async stop(): Promise<void> {
    for (const part of [...this.parts].reverse()) await part.stop();
    this.options.data.release();
  }

  private async startCatcher({ catcherToken }: Secrets): Promise<void> {
    const [smtp, http] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${http}`;
    const settings = JSON.stringify({
      folder: join(this.options.data.path, "catcher"),
      smtpPort: smtp,
      httpPort: http,
      token: catcherToken,
    });
    const part = startProgram("catcher", this.options.programs, {
      ...this.output("catcher"),
      env: { PATH: process.env.PATH, CATCHER: settings },
    });
    this.add(part);
    await whileRunning(part, (signal) => untilAnswered(`${url}/messages?kind=mail&limit=1`, catcherToken, signal));
    this.env.SYSTEM_SMTP_URL = `smtp://127.0.0.1:${smtp}`;
    this.env.SYSTEM_SMS_URL = `${url}/texts`;
    this.env.SYSTEM_MAIL_FROM ||= "no-reply@reachable.example";
    this.env.REACHABLE_CATCHER = JSON.stringify({ url, token: catcherToken });
  }

  private add(part: Part): void {
    const [database] = this.parts;
    if (database?.name === "database") database.outlive(part);
    this.parts.push(part);
    this.options.data.note(part.pid);
  }

  // Beside the embedded database the terminal stays readable; an operator's log collector reads standard output.
  private output(name: string): { env: Variables; log: { fd: number; file: string } | undefined } {
    const embedded = this.parts[0]?.name === "database";
    return { env: this.env, log: embedded && !this.options.dev ? openLog(this.options.data.path, name) : undefined };
  }
}

async function untilAnswered(url: string, token: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal }).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
}

// The same port every time, so that a tool that was pointed at the database finds it again.
async function recordedPort(folder: string): Promise<number> {
  const file = join(folder, "postgres.port");
  const before = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  const port = await freePort(Number.isInteger(before) && before > 0 && before < 65_536 ? before : 0);
  if (port !== before) writeWhole(file, String(port));
  return port;
}
