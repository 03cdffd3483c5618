import { beforeEach, expect, test } from "vitest";
import { createKey } from "@/lib/services/keys/create";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { membershipOf } from "@/tests/support/people";
import { callProgram, makeKey } from "@/tests/support/programs";
import type { Person } from "@/tests/support/two-institutions";

let leaver: Person;
let memberId: string;
let made: { id: string; key: string };
let key: string;

beforeEach(async () => {
  const institutionId = await makeInstitution();
  const owner = await makeMember(institutionId, "owner");
  leaver = await makeMember(institutionId, "admin");
  memberId = await membershipOf(leaver);
  made = await createKey(leaver, { name: "Server", owner: "institution", scopes: ["members:read"] });
  ({ key } = await makeKey(institutionId, { userId: owner.actor.userId }));
});

const ask = (method: string, rest = "", query = "", as = key) =>
  callProgram({
    file: `api/v1/members/[memberId]${rest}/route.ts`,
    method,
    path: `/api/v1/members/${memberId}${rest}${query}`,
    params: { memberId },
    headers: { "x-api-key": as },
  });

test("what a member made for the institution is told, and goes on without them", async () => {
  expect(await (await ask("GET", "/keys")).json()).toEqual({ items: [{ type: "api_key", id: made.id, name: "Server" }], ending: [] });
  expect(await (await ask("DELETE")).json()).toEqual({ left: false });
  expect([(await ask("GET", "/keys")).status, (await ask("GET", "", "", made.key)).status]).toEqual([404, 404]);
});

test("what a member made for the institution ends with them, where that is asked for", async () => {
  expect((await ask("DELETE", "", "?revokeKeys=true")).status).toBe(200);
  expect((await ask("GET", "", "", made.key)).status).toBe(401);
});

test.each(["?revokeKeys=yes", "?revokeKeys=", "?revokeKeys=true&revokeKeys=false", "?memberId=x"])("%s removes nobody", async (query) => {
  expect((await ask("DELETE", "", query)).status).toBe(422);
  expect((await ask("GET")).status).toBe(200);
});
