import pg from "pg";
import { PgBoss } from "pg-boss";
import { applyMigrations } from "./apply-migrations";
import { JOB_SCHEMA, QUEUES } from "./queues";
import { type AppLogin, ensureRoles, grantJobRights } from "./roles";

const LOCK = 7_263_401_998;

export interface MigrateOptions {
  adminUrl: string;
  appUrl: string;
  /** The folder of `prisma/migrations`. */
  folder: string;
  log?: (line: string) => void;
}

/** Brings the database that both URLs name up to date. Safe to repeat, and to run twice at once: the second waits for the first. */
export async function migrate({ adminUrl, appUrl, folder, log = () => undefined }: MigrateOptions): Promise<void> {
  const app = appLogin(adminUrl, appUrl);
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await ensureRoles(client, app);
    const applied = await applyMigrations(adminUrl, folder);
    for (const name of applied) log(`applied ${name}`);
    await ensureQueues(adminUrl);
    await grantJobRights(client, JOB_SCHEMA);
    log(applied.length === 0 ? "The database was up to date." : "The database is up to date.");
  } finally {
    await client.end();
  }
}

async function ensureQueues(adminUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: adminUrl, schema: JOB_SCHEMA, max: 2, supervise: false, schedule: false });
  const failures: Error[] = [];
  boss.on("error", (error) => failures.push(error));
  await boss.start();
  try {
    for (const [name, options] of Object.entries(QUEUES)) {
      await boss.createQueue(name, options);
      await boss.updateQueue(name, options);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  if (failures[0] !== undefined) throw failures[0];
}

function appLogin(adminUrl: string, appUrl: string): AppLogin {
  const app = new URL(appUrl);
  if (app.pathname !== new URL(adminUrl).pathname) throw new Error("DATABASE_URL and DATABASE_ADMIN_URL name different databases.");
  if (app.username === "" || app.password === "") throw new Error("DATABASE_URL needs a user and a password.");
  return { name: decodeURIComponent(app.username), password: decodeURIComponent(app.password) };
}
