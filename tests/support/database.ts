import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { adminUrl as adminUrlOf, databaseUrl as databaseUrlOf } from "@/scripts/parts/postgres";

const TEMPLATE = "template";
const APP_ROLE = "reachable_app";

export interface TestDatabase {
  /** As the app's own role. */
  databaseUrl: string;
  /** As a superuser, who sees every row. */
  adminUrl: string;
}

/** A database of its own, migrated and empty; takes a tenth of a second. */
export async function freshDatabase(name = `fresh_${randomBytes(6).toString("hex")}`): Promise<TestDatabase> {
  const { port, password } = inject("databaseServer");
  const client = new pg.Client({ connectionString: adminUrlOf(port, password) });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    // Two copies at once are one too many for the template, and a worker waits its turn.
    await client.query("SELECT pg_advisory_lock(1)");
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  return { databaseUrl: databaseUrlOf(APP_ROLE, password, port, name), adminUrl: adminUrlOf(port, password, name) };
}

/** This test file's database; DATABASE_URL names it. */
export function testDatabase(): TestDatabase {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  const { port, password } = inject("databaseServer");
  return { databaseUrl, adminUrl: adminUrlOf(port, password, new URL(databaseUrl).pathname.slice(1)) };
}
