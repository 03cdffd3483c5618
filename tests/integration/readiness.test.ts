import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as readyz from "@/app/readyz/route";
import { setLogLevel } from "@/lib/core/logger";
import { closePrisma } from "@/lib/db/client";
import { testDatabase } from "../support/database";

const admin = new pg.Client({ connectionString: testDatabase().adminUrl });

async function ask() {
  const answer = await readyz.GET();
  return { status: answer.status, body: await answer.json() };
}

describe("R73: /readyz", () => {
  beforeAll(async () => {
    setLogLevel("silent");
    await admin.connect();
  });
  beforeEach(async () => {
    await admin.query("DELETE FROM worker_heartbeat");
    await admin.query("INSERT INTO worker_heartbeat VALUES (gen_random_uuid(), now() - interval '29 seconds')");
  });
  afterAll(async () => {
    await closePrisma();
    await admin.end();
  });

  it("R73: ready with the database, the migrations and a worker", async () => {
    expect(await ask()).toEqual({
      status: 200,
      body: { status: "ready", checks: { database: "ok", migrations: "ok", worker: "ok" } },
    });
  });

  it("R73: a heartbeat of more than 30 seconds ago is none", async () => {
    await admin.query("UPDATE worker_heartbeat SET at = now() - interval '31 seconds'");
    expect(await ask()).toMatchObject({ status: 503, body: { status: "not_ready", checks: { database: "ok", worker: "failed" } } });
  });

  it("R73: a migration that is missing or failed makes it not ready, one too many does not", async () => {
    await admin.query("UPDATE _prisma_migrations SET finished_at = NULL");
    expect(await ask()).toMatchObject({ status: 503, body: { checks: { database: "ok", migrations: "failed", worker: "ok" } } });
    await admin.query("UPDATE _prisma_migrations SET finished_at = now()");
    await admin.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('later', 'x', '99990101000000_later', now())`,
    );
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it("R73: a database that keeps silent counts as failed after one second", async () => {
    await admin.query("UPDATE worker_heartbeat SET at = now()");
    await admin.query("BEGIN");
    await admin.query("LOCK TABLE _prisma_migrations, worker_heartbeat IN ACCESS EXCLUSIVE MODE");
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    const took = performance.now() - started;
    await admin.query("ROLLBACK");
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(took).toBeGreaterThan(900);
    expect(took).toBeLessThan(2_500);
    expect(await ask()).toMatchObject({ status: 200 });
  });
});
