import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, inject, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { adminUrl, databaseUrl, ensureDatabase } from "@/scripts/parts/postgres";
import { freshDatabase } from "@/tests/support/database";

const folder = join(import.meta.dirname, "../../prisma/migrations");

async function emptyDatabase() {
  const { port, password } = inject("databaseServer");
  const name = `empty_${randomBytes(6).toString("hex")}`;
  await ensureDatabase(adminUrl(port, password), name);
  return { adminUrl: adminUrl(port, password, name), appUrl: databaseUrl("reachable_app", password, port, name) };
}

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("migrate", () => {
  test("run twice at once and once more, it applies each migration once", async () => {
    const urls = await emptyDatabase();
    await Promise.all([migrate({ ...urls, folder }), migrate({ ...urls, folder })]);
    await migrate({ ...urls, folder });
    const rows = await ask<{ migration_name: string; applied: number }>(
      urls.appUrl,
      "SELECT migration_name, count(*)::int AS applied FROM _prisma_migrations GROUP BY 1",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ applied }) => applied === 1)).toBe(true);
  });

  test("a migration that fails leaves nothing behind, names its reason, and may be tried again", async () => {
    const urls = await emptyDatabase();
    const broken = await mkdtemp(join(tmpdir(), "reachable-migrations-"));
    await cp(folder, broken, { recursive: true });
    await mkdir(join(broken, "29990101000000_broken"));
    const file = join(broken, "29990101000000_broken/migration.sql");
    await writeFile(file, "CREATE TABLE half (a int); SELECT 1 / 0;");
    await expect(migrate({ ...urls, folder: broken })).rejects.toThrow("29990101000000_broken: division by zero");
    expect(await ask(urls.adminUrl, "SELECT FROM pg_tables WHERE tablename = 'half'")).toEqual([]);
    await writeFile(file, "CREATE TABLE half (a int);");
    await migrate({ ...urls, folder: broken });
    expect(await ask(urls.adminUrl, "SELECT FROM pg_tables WHERE tablename = 'half'")).toHaveLength(1);
  });

  test("R63: the app's role can neither define anything, nor become another role, nor bypass row-level security", async () => {
    const { databaseUrl: url } = await freshDatabase();
    const forbidden = [
      "CREATE TABLE own (a int)",
      "CREATE SCHEMA own",
      "CREATE TABLE pgboss.own (a int)",
      "SET ROLE reachable_housekeeper",
      "ALTER TABLE institution DISABLE ROW LEVEL SECURITY",
      "UPDATE _prisma_migrations SET logs = ''",
    ];
    for (const sql of forbidden) await expect(ask(url, sql), sql).rejects.toThrow(/permission denied|must be owner/);
    const [role] = await ask(url, "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user");
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  });

  test("R63: a role that can bypass row-level security is refused as the app's", async () => {
    const urls = await emptyDatabase();
    await ask(urls.adminUrl, "CREATE ROLE mighty LOGIN BYPASSRLS");
    const appUrl = urls.appUrl.replace("reachable_app", "mighty");
    await expect(migrate({ ...urls, appUrl, folder })).rejects.toThrow("can bypass row-level security");
    await expect(migrate({ ...urls, appUrl: urls.adminUrl, folder })).rejects.toThrow("name the same role");
  });
});
