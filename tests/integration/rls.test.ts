import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { GET as listRoute } from "@/app/api/v1/contact-points/route";
import { newId } from "@/lib/core/ids";
import { prisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { repudiateLink } from "@/lib/services/verifications/repudiate-link";
import { startVerification } from "@/lib/services/verifications/start";
import { browserRequest, routeArgs } from "@/tests/support/calls";
import { testDatabase } from "@/tests/support/database";
import { stranger, waitingVerification } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { furnish, type Institution } from "@/tests/support/two-institutions";

// Before the pool is made: two connections, so that each serves both institutions over and over.
process.env.DATABASE_POOL_SIZE = "2";

/** The tables that belong to no institution: people and their sessions, counters, the index from a token to its institution. */
const GLOBAL = ["_prisma_migrations", "app_fact", "rate_bucket", "rate_pace", "session", "token_index", "user", "worker_heartbeat"];

/** All that may look across institutions. */
const DEFINERS = [
  "any_institution",
  "api_key_actor",
  "bearer_actor",
  "due_email_domains",
  "integration_institution",
  "purge_api_traces",
  "purge_contact_points",
  "purge_history",
  "purge_sender_verifications",
  "sealed_rows",
  "senders_to_wake",
  "session_actor",
];

let ours: Institution;
let theirs: Institution;
let tenantTables: string[];

beforeAll(async () => {
  [ours, theirs] = [await furnish(), await furnish()];
  for (const { people, ids } of [ours, theirs]) {
    await startVerification(people.owner, { contactPointId: ids.unprovenId });
    const { link } = await waitingVerification(ids.institutionId, ids.unprovenId);
    await repudiateLink(stranger(), { token: link.split("/").at(-1) });
  }
  const rows = await asAdmin<{ name: string }>(
    "SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1",
  );
  tenantTables = rows.map(({ name }) => name).filter((name) => !GLOBAL.includes(name) && name !== "institution");
});

describe("R62: tables", () => {
  test("R62: each belongs to an institution, or to the named few that do not", async () => {
    const rows = await asAdmin<{ name: string; required: boolean; first: string }>(
      `SELECT c.relname AS name, coalesce(a.attnotnull, false) AS required,
              (SELECT f.attname FROM pg_index i JOIN pg_attribute f ON f.attrelid = c.oid AND f.attnum = i.indkey[0]
                WHERE i.indrelid = c.oid AND i.indisprimary) AS first
         FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'institution_id' AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) ORDER BY 1`,
      [tenantTables],
    );
    expect(rows).toEqual(tenantTables.map((name) => ({ name, required: true, first: "institution_id" })));
  });

  test("R62: a reference from one to another carries the institution", async () => {
    const rows = await asAdmin<{ name: string; carried: boolean }>(
      `SELECT k.conname AS name, k.conkey[1] = a.attnum AND k.confkey[1] = b.attnum AS carried
         FROM pg_constraint k
         LEFT JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'institution_id'
         LEFT JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attname = 'institution_id'
        WHERE k.contype = 'f' AND k.conrelid::regclass::text = ANY($1) AND k.confrelid::regclass::text = ANY($1)`,
      [tenantTables],
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ carried }) => !carried)).toEqual([]);
  });

  test("R62: not even a superuser can link rows of two institutions", async () => {
    const { institutionId } = ours.ids;
    const { contactPointId, subscriberId } = theirs.ids;
    const statements = [
      `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address)
       VALUES ('${institutionId}', '${newId()}', '${subscriberId}', 'email', 'x', '{}', 'x@example.com')`,
      `INSERT INTO verification (institution_id, id, contact_point_id, address_version, kind, max_attempts, expires_at)
       VALUES ('${institutionId}', '${newId()}', '${contactPointId}', 1, 'code', 5, now())`,
      `INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data) VALUES ('${institutionId}', '${newId()}', '${subscriberId}', 'test', '{}')`,
      `INSERT INTO membership (institution_id, id, user_id, role, subscriber_id)
       VALUES ('${institutionId}', '${newId()}', '${theirs.ids.userId}', 'owner', '${subscriberId}')`,
      `INSERT INTO message (institution_id, id, kind, type, masked_address, locale, priority, reference, contact_point_id)
       VALUES ('${institutionId}', '${newId()}', 'test', 'email', '', 'en', 1, 'x', '${contactPointId}')`,
    ];
    for (const sql of statements) await expect(asAdmin(sql), sql).rejects.toThrow("foreign key");
  });
});

describe("R63: row-level security", () => {
  test("R63: it is on for each, and for its owner too", async () => {
    const rows = await asAdmin<{ name: string; forced: boolean; policies: number }>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
              (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL) AS policies
         FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) ORDER BY 1`,
      [[...tenantTables, "institution"]],
    );
    expect(rows.filter(({ forced, policies }) => !forced || policies !== 1)).toEqual([]);
    expect(rows).toHaveLength(tenantTables.length + 1);
  });

  test("R63: without an institution there are no rows, with one there are its own", async () => {
    const app = new pg.Client({ connectionString: testDatabase().databaseUrl });
    await app.connect();
    for (const name of tenantTables) {
      const count = async () => (await app.query<{ n: number }>(`SELECT count(*)::int AS n FROM "${name}"`)).rows[0]?.n;
      const [stored] = await asAdmin<{ n: number }>(`SELECT count(*)::int AS n FROM "${name}" WHERE institution_id = $1`, [
        ours.ids.institutionId,
      ]);
      expect(stored?.n, name).toBeGreaterThan(0);
      for (const setting of ["", undefined]) {
        await app.query("RESET app.institution_id");
        if (setting !== undefined) await app.query("SELECT set_config('app.institution_id', $1, false)", [setting]);
        expect(await count(), name).toBe(0);
      }
      await app.query("SELECT set_config('app.institution_id', $1, false)", [ours.ids.institutionId]);
      expect(await count(), name).toBe(stored?.n);
    }
    await app.end();
  });

  test("R63: within one institution another's rows can be neither written, changed nor removed", async () => {
    const [here, there] = [ours.ids.institutionId, theirs.ids.institutionId];
    for (const name of tenantTables.filter((table) => table !== "audit_event")) {
      const changed = inInstitution(here, (tx) =>
        Promise.resolve(
          tx.$executeRawUnsafe(`UPDATE "${name}" SET institution_id = institution_id WHERE institution_id = $1::uuid`, there),
        ),
      );
      expect(await changed, name).toBe(0);
      expect(
        await inInstitution(here, (tx) => tx.$executeRawUnsafe(`DELETE FROM "${name}" WHERE institution_id = $1::uuid`, there)),
        name,
      ).toBe(0);
      await expect(moveOut(name, here, there), name).rejects.toThrow(/row-level security|foreign key/);
    }
    await expect(writeAudit(here, there)).rejects.toThrow("row-level security");
  });

  test("R63: the app's role owns nothing, bypasses nothing and is nobody else", async () => {
    const [role] = await prisma().$queryRaw<object[]>`
      SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
             (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned,
             pg_has_role(r.oid, 'reachable_housekeeper', 'MEMBER') AS housekeeper
        FROM pg_roles r WHERE rolname = current_user`;
    const none = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false };
    expect(role).toEqual({ ...none, owned: 0, housekeeper: false });
  });

  test("R63: what looks across institutions is a named list, with a fixed search path, for the app's role alone", async () => {
    const rows = await asAdmin<{ name: string; owner: string; config: string[]; anybody: boolean }>(
      `SELECT p.proname AS name, p.proowner::regrole::text AS owner, p.proconfig AS config,
              EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0) AS anybody
         FROM pg_proc p WHERE p.prosecdef AND p.pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) ORDER BY 1`,
    );
    const safe = { owner: "reachable_housekeeper", config: ["search_path=public, pg_temp"], anybody: false };
    expect(rows).toEqual(DEFINERS.map((name) => ({ name, ...safe })));
    const [housekeeper] = await asAdmin("SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'reachable_housekeeper'");
    expect(housekeeper).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false });
  });

  test("R63: 2,000 requests of two institutions in turn over two connections see their own rows alone", async () => {
    const sides = [ours, theirs];
    const mine = sides.map(({ people }) => people.owner.actor.subscriberId);
    const requests = await Promise.all(sides.map(({ people }) => browserRequest("/api/v1/contact-points", { as: people.owner })));
    const foreign: string[] = [];
    let left = 2000;
    const work = async (): Promise<void> => {
      for (let turn = left--; turn > 0; turn = left--) {
        const side = turn % 2;
        const request = requests[side];
        if (!request) throw new Error("there are two sides");
        // one in ten breaks off in the middle of its transaction
        if (turn % 10 === 0) await breakOff(sides[side]?.ids.institutionId ?? "");
        const { items } = (await (await listRoute(request.clone(), routeArgs())).json()) as { items: Array<{ subscriberId: string }> };
        if (items.length !== 3) foreign.push(`${items.length} rows`);
        foreign.push(...items.map(({ subscriberId }) => subscriberId).filter((id) => id !== mine[side]));
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect(foreign).toEqual([]);
    const [connections] = await asAdmin<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'reachable' AND datname = current_database()",
    );
    expect(connections?.n).toBeLessThanOrEqual(2);
  }, 60_000);
});

test("R66: the app's role may add to the audit log and read it, nothing else", async () => {
  const [rights] = await prisma().$queryRaw<object[]>`
    SELECT has_table_privilege('audit_event', 'SELECT') AND has_table_privilege('audit_event', 'INSERT') AS adds, has_any_column_privilege('audit_event', 'UPDATE') AS changes,
           has_table_privilege('audit_event', 'DELETE') AS removes, has_table_privilege('audit_event', 'TRUNCATE') AS empties,
           has_table_privilege('audit_event', 'TRIGGER') AS triggers`;
  expect(rights).toEqual({ adds: true, changes: false, removes: false, empties: false, triggers: false });
});

function moveOut(table: string, here: string, there: string): Promise<number> {
  return inInstitution(here, (tx) => tx.$executeRawUnsafe(`UPDATE "${table}" SET institution_id = $1::uuid`, there));
}

function writeAudit(here: string, there: string): Promise<number> {
  return inInstitution(here, (tx) =>
    tx.$executeRawUnsafe(
      "INSERT INTO audit_event (institution_id, id, actor_type, action, object_type, outcome) VALUES ($1::uuid, gen_random_uuid(), 'system', 'x', 'x', 'success')",
      there,
    ),
  );
}

async function breakOff(institutionId: string): Promise<void> {
  await inInstitution(institutionId, () => Promise.reject(new Error("broken off"))).catch(() => undefined);
}
