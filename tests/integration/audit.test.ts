import { describe, expect, test } from "vitest";
import { GET as exportRoute } from "@/app/api/v1/audit/export/route";
import { GET as listRoute } from "@/app/api/v1/audit/route";
import type { Context } from "@/lib/auth/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { encodeCursor } from "@/lib/core/page";
import { inInstitution } from "@/lib/db/unit-of-work";
import { listAudit } from "@/lib/services/audit/list";
import { listAuditPeople } from "@/lib/services/audit/people";
import { type AuditFilters, auditQuery } from "@/lib/services/audit/query";
import { type AuditEntry, audit } from "@/lib/services/audit/record";
import { browserRequest, routeArgs } from "../support/calls";
import { makeInstitution, makeMember, stranger } from "../support/institution";
import { admin } from "../support/people";
import { fill, planOf, queriesOf, walk } from "../support/queries";

const write = (institutionId: string, ctx: Context, entry: AuditEntry) =>
  inInstitution(institutionId, (tx) => audit(tx, institutionId, ctx, entry));

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof AppError ? error.code : String(error);
}

describe("the audit log", () => {
  test("tells who did what to what, the newest first, and can be narrowed down by each of it", async () => {
    const institutionId = await makeInstitution();
    const [owner, member] = await Promise.all([makeMember(institutionId, "owner"), makeMember(institutionId)]);
    const contactPointId = newId();
    await write(institutionId, member, { action: "contact_point.created", object: { type: "contact_point", id: contactPointId } });
    await write(institutionId, owner, { action: "member.invited", object: { type: "invitation", id: newId() } });
    await write(
      institutionId,
      { ...stranger("10.0.0.1"), actor: { type: "link" } },
      {
        action: "contact_point.verified",
        object: { type: "contact_point", id: contactPointId },
      },
    );
    await write(institutionId, member, { action: "authz_fail", object: { type: "request" }, outcome: "refused" });
    const actions = async (filters: object) => (await listAudit(owner, filters)).items.map(({ action }) => action);
    expect(await actions({})).toEqual(["authz_fail", "contact_point.verified", "member.invited", "contact_point.created"]);
    expect(await actions({ action: "member.invited" })).toEqual(["member.invited"]);
    expect(await actions({ actor: member.actor.userId })).toEqual(["authz_fail", "contact_point.created"]);
    expect(await actions({ actor: "link" })).toEqual(["contact_point.verified"]);
    expect(await actions({ actor: "system" })).toEqual([]);
    expect(await actions({ object: contactPointId })).toEqual(["contact_point.verified", "contact_point.created"]);
    expect(await actions({ outcome: "refused" })).toEqual(["authz_fail"]);
    expect(await actions({ outcome: "success", actor: member.actor.userId })).toEqual(["contact_point.created"]);
    const { items } = await listAudit(owner, {});
    expect(items.map(({ actor }) => [actor.kind, actor.name])).toEqual([
      ["person", "A member"],
      ["link", null],
      ["person", "A owner"],
      ["person", "A member"],
    ]);
  });

  test("days are those of UTC, and both of them count", async () => {
    const institutionId = await makeInstitution();
    const owner = await makeMember(institutionId, "owner");
    for (const at of ["2026-03-01T23:59:59.999Z", "2026-03-02T00:00:00.000Z", "2026-03-02T23:59:59.999Z", "2026-03-03T00:00:00.000Z"]) {
      await admin(
        `INSERT INTO audit_event (institution_id, id, at, actor_type, action, object_type, outcome)
         VALUES ($1, gen_random_uuid(), $2, 'system', 'contact_point.verify_sent', 'contact_point', 'success')`,
        [institutionId, at],
      );
    }
    const times = async (filters: object) => (await listAudit(owner, filters)).items.map(({ at }) => at);
    expect(await times({ from: "2026-03-02", to: "2026-03-02" })).toEqual(["2026-03-02T23:59:59.999Z", "2026-03-02T00:00:00.000Z"]);
    expect(await times({ from: "2026-03-03" })).toEqual(["2026-03-03T00:00:00.000Z"]);
    expect(await times({ to: "2026-03-01" })).toEqual(["2026-03-01T23:59:59.999Z"]);
    expect(await times({ to: "9999-12-31", from: "1970-01-01" })).toHaveLength(4);
    for (const from of ["2026-02-30", "0000-01-01", "yesterday", "2026-03-02T00:00:00Z"]) {
      expect(await codeOf(listAudit(owner, { from })), from).toBe("validation");
    }
  });

  test("R68: a person who deleted their account is a pseudonym, the same one each time", async () => {
    const institutionId = await makeInstitution();
    const [owner, member] = await Promise.all([makeMember(institutionId, "owner"), makeMember(institutionId)]);
    await write(institutionId, member, { action: "user.updated", object: { type: "user", id: member.actor.userId } });
    await admin("DELETE FROM membership WHERE user_id = $1", [member.actor.userId]);
    await admin("UPDATE \"user\" SET name = 'Gone', deleted_at = now() WHERE id = $1", [member.actor.userId]);
    const { items } = await listAudit(owner, { actor: member.actor.userId });
    expect(items.map(({ actor }) => actor)).toEqual([{ kind: "removed", id: member.actor.userId, name: null }]);
    expect(await listAuditPeople(owner, {})).toEqual([{ id: owner.actor.userId, name: "A owner" }]);
    const chosen = await listAuditPeople(owner, { chosen: member.actor.userId });
    expect(chosen).toContainEqual({ id: member.actor.userId, name: null });
  });

  test("R63: nothing of another institution is in it, whatever is asked for", async () => {
    const [here, there] = await Promise.all([makeInstitution(), makeInstitution()]);
    const [owner, other] = await Promise.all([makeMember(here, "owner"), makeMember(there, "owner")]);
    const object = { type: "contact_point", id: newId() };
    await write(there, other, { action: "contact_point.created", object });
    const [foreign] = (await listAudit(other, {})).items;
    const after = encodeCursor([new Date(Date.now() + 60_000).toISOString(), foreign?.id ?? ""]);
    for (const filters of [{}, { actor: other.actor.userId }, { object: object.id }, { after }]) {
      expect((await listAudit(owner, filters)).items).toEqual([]);
    }
    expect(await listAuditPeople(owner, { chosen: other.actor.userId })).toEqual([{ id: owner.actor.userId, name: "A owner" }]);
    const response = await exportRoute(
      await browserRequest(`/api/v1/audit/export?format=jsonl&object=${object.id}`, { as: owner }),
      routeArgs(),
    );
    expect(await response.text()).toBe("");
  });

  test("a plain member is refused, which is itself on record; somebody not signed in is too", async () => {
    const institutionId = await makeInstitution();
    const [owner, member] = await Promise.all([makeMember(institutionId, "owner"), makeMember(institutionId)]);
    expect(await codeOf(listAudit(member, {}))).toBe("forbidden");
    expect(await codeOf(listAuditPeople(member, {}))).toBe("forbidden");
    for (const [route, path] of [
      [listRoute, "/api/v1/audit"],
      [exportRoute, "/api/v1/audit/export?format=csv"],
    ] as const) {
      expect((await route(await browserRequest(path, { as: member }), routeArgs())).status).toBe(403);
      expect((await route(await browserRequest(path), routeArgs())).status).toBe(401);
    }
    expect((await listAudit(owner, {})).items.map(({ action }) => action)).toEqual(["authz_fail", "authz_fail"]);
  });

  test("R66: the app's role can neither change nor remove a line", async () => {
    const institutionId = await makeInstitution();
    const owner = await makeMember(institutionId, "owner");
    await write(institutionId, owner, { action: "member.invited", object: { type: "invitation" } });
    for (const sql of ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]) {
      await expect(
        inInstitution(institutionId, (tx) => tx.$executeRawUnsafe(sql)),
        sql,
      ).rejects.toThrow("permission denied");
    }
    expect((await listAudit(owner, {})).items).toHaveLength(1);
  });

  test("1,000 lines, many of one moment, are all seen once, forwards and backwards", async () => {
    const institutionId = await makeInstitution();
    const owner = await makeMember(institutionId, "owner");
    await fill("audit_event", LINES, [institutionId, owner.actor.userId, 1000]);
    const { there, back } = await walk((cursor) => listAudit(owner, { limit: 41, ...cursor }));
    expect(there).toHaveLength(1000);
    expect(new Set(there.map(({ id }) => id)).size).toBe(1000);
    expect(back).toEqual(there);
    expect(there.map(({ at }) => at)).toEqual(
      there
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
  });

  test("a page costs as many queries for 100 lines as for one", async () => {
    const institutionId = await makeInstitution();
    const owner = await makeMember(institutionId, "owner");
    await fill("audit_event", LINES, [institutionId, owner.actor.userId, 200]);
    const one = await queriesOf(() => listAudit(owner, { limit: 1 }));
    expect(await queriesOf(() => listAudit(owner, { limit: 100 }))).toBe(one);
    expect(one).toBeLessThanOrEqual(4);
  });

  test("among 100,000 every filter is read off an index, and nothing large is sorted", async () => {
    const institutionId = await makeInstitution();
    const owner = await makeMember(institutionId, "owner");
    await fill("audit_event", LINES, [institutionId, owner.actor.userId, 100_000]);
    const cursor = encodeCursor([new Date(Date.now() - 3_600_000).toISOString(), newId()]);
    const asked: AuditFilters[] = [
      {},
      { action: "member.invited" },
      { actor: owner.actor.userId },
      { actor: newId() },
      { actor: "link" },
      { object: newId() },
      { outcome: "refused" },
      { outcome: "failed" },
      { from: "2026-01-01", to: "2026-01-31" },
      { action: "member.invited", from: "2026-01-01" },
    ];
    for (const filters of asked) {
      for (const after of [undefined, cursor]) {
        const plan = await planOf(institutionId, auditQuery({ institutionId, filters, asked: { after }, limit: 26 }));
        expect(plan, JSON.stringify(filters)).not.toMatch(/(?:Seq|Bitmap Heap) Scan on audit_event/);
        expect(plan, JSON.stringify(filters)).toContain("Index Scan using audit_event_");
        expect(Number(/Sort {2}\(cost=\S+ rows=(\d+)/.exec(plan)?.[1] ?? 0), plan).toBeLessThan(100);
      }
    }
    const refused = await planOf(
      institutionId,
      auditQuery({ institutionId, filters: { outcome: "refused" }, asked: { before: cursor }, limit: 26 }),
    );
    expect(refused).toContain("audit_event_refusal_idx");
  });
});

/** Lines over a hundred days, 25 of each moment; one in a thousand refused, one in three by nobody with an account. */
const LINES = `
  INSERT INTO audit_event (institution_id, id, at, actor_type, actor_id, action, object_type, object_id, outcome)
  SELECT $1, gen_random_uuid(), now() - (n / 25) * interval '36 minutes',
         CASE n % 6 WHEN 0 THEN 'link' WHEN 1 THEN 'system' ELSE 'member' END, CASE WHEN n % 6 > 1 THEN $2::uuid END,
         (ARRAY['member.invited', 'contact_point.created', 'contact_point.updated', 'authn_login_success'])[1 + n % 4],
         'contact_point', md5((n % 5000)::text)::uuid::text, CASE WHEN n % 1000 = 0 THEN 'refused' ELSE 'success' END
    FROM generate_series(1, $3::int) n`;
