import { beforeEach, describe, expect, test } from "vitest";
import { withLastUnit } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { createInstitution } from "@/lib/services/institution/create-institution";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { callRoute } from "@/tests/support/route-calls";
import type { Person } from "@/tests/support/two-institutions";

let owner: Person;
let institutionId: string;
let key: string;

beforeEach(async () => {
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
  ({ key } = await makeKey(institutionId, { userId: owner.actor.userId, scopes: ["institution:write"] }));
});

const body = { name: "Second Clinic", defaultCountry: "JP", defaultLocale: "ja", locales: ["en"] };
const make = (as = key, more: { body?: unknown; headers?: Record<string, string> } = {}) =>
  callProgram({
    file: "api/v1/institutions/route.ts",
    method: "POST",
    path: "/api/v1/institutions",
    headers: { "x-api-key": as, ...more.headers },
    body: more.body ?? body,
  });
const owned = () =>
  asAdmin<{ id: string; role: string }>(
    "SELECT institution_id AS id, role::text FROM membership WHERE user_id = $1 AND institution_id <> $2",
    [owner.actor.userId, institutionId],
  );
const standing = () =>
  asAdmin<{ home: string; session: string }>(
    'SELECT u.home_institution_id AS home, s.institution_id AS session FROM "user" u JOIN session s ON s.user_id = u.id WHERE u.id = $1',
    [owner.actor.userId],
  );

describe("an institution that a program makes", () => {
  test("is its person's, who goes on working where they were; the key stays in its own", async () => {
    const answer = await make();
    expect(answer.status).toBe(201);
    const made = await answer.json();
    expect(made).toMatchObject({ name: "Second Clinic", defaultCountry: "JP", defaultLocale: "ja", locales: ["ja", "en"] });
    expect(await owned()).toEqual([{ id: made.id, role: "owner" }]);
    expect(await standing()).toEqual([{ home: institutionId, session: institutionId }]);
    const events = await asAdmin("SELECT action FROM audit_event WHERE institution_id = $1 ORDER BY action", [made.id]);
    expect(events).toEqual([{ action: "institution.created" }, { action: "member.joined" }]);
    const again = await callProgram({
      file: "api/v1/institution/route.ts",
      method: "GET",
      path: "/api/v1/institution",
      headers: { "x-api-key": key },
    });
    expect(await again.json()).toMatchObject({ id: institutionId });
  });

  test("with a session, its person works in it from now on, as at the console", async () => {
    const answer = await callRoute({ file: "app/api/v1/institutions/route.ts", method: "POST", as: owner, body });
    const { id } = await answer.json();
    expect([answer.status, await standing()]).toEqual([201, [{ home: id, session: id }]]);
  });

  test("takes an owner, in person, with the scope for it", async () => {
    const admin = await makeMember(institutionId, "admin");
    const reasons = [
      await make((await makeKey(institutionId, { userId: admin.actor.userId })).key),
      await make((await makeKey(institutionId)).key),
      await make((await makeKey(institutionId, { userId: owner.actor.userId, scopes: ["institution:read", "members:write"] })).key),
    ].map(async (response) => [response.status, (await response.json()).reason]);
    expect(await Promise.all(reasons)).toEqual([
      [403, undefined],
      [403, "personOnly"],
      [403, "scope"],
    ]);
    expect(await owned()).toEqual([]);
  });

  test("R34: so many a day, whatever they are made with: each brings limits of its own", async () => {
    const { max } = env().limits.institutionsPerUserDay;
    env().limits.institutionsPerUserDay.max = 2;
    const other = await makeKey(institutionId, { userId: owner.actor.userId });
    const statuses = [(await make()).status, (await make(other.key)).status];
    const third = await make();
    env().limits.institutionsPerUserDay.max = max;
    expect([...statuses, third.status, (await third.json()).reason]).toEqual([201, 201, 429, "institutions"]);
    expect([(await owned()).length, Number(third.headers.get("retry-after")) > 0]).toEqual([2, true]);
  });

  test("R60: what only the product decides is refused", async () => {
    for (const more of [{ id: institutionId }, { institutionId }, { ownerId: owner.actor.userId }, { createdAt: "2026-01-01T00:00:00Z" }]) {
      expect((await make(key, { body: { ...body, ...more } })).status).toBe(422);
    }
    expect(await owned()).toEqual([]);
  });

  test("R54: fifty requests with one Idempotency-Key make one, and each that is answered gets the same", async () => {
    const headers = { "idempotency-key": "second-clinic" };
    const answers = await Promise.all(Array.from({ length: 50 }, () => make(key, { headers })));
    const made = new Set<string>();
    for (const answer of answers) {
      expect([201, 409]).toContain(answer.status);
      if (answer.status === 201) made.add((await answer.json()).id);
    }
    expect(await owned()).toEqual([...made].map((id) => ({ id, role: "owner" })));
    expect(made.size).toBe(1);
    const claims = await asAdmin("SELECT institution_id AS id, state FROM idempotency WHERE key = $1", ["second-clinic"]);
    expect(claims).toEqual([{ id: institutionId, state: "done" }]);
    const later = await make(key, { headers });
    expect([later.headers.get("idempotency-replay"), (await later.json()).id]).toEqual(["true", [...made][0]]);
  });

  test("R54: it is made together with the answer that is kept, or not at all", async () => {
    const lost = withLastUnit(
      institutionId,
      () => createInstitution(owner, body),
      () => Promise.reject(new Error("the claim was taken over")),
    );
    await expect(lost).rejects.toThrow("taken over");
    expect([await owned(), await standing()]).toEqual([[], [{ home: institutionId, session: institutionId }]]);
  });
});
