import { beforeAll, describe, expect, test } from "vitest";
import { PERMISSIONS, type Permission, ROLES, roleMay } from "@/lib/auth/permissions";
import { ACTION_CASES } from "@/tests/contract/action-cases";
import { type Posted, post } from "@/tests/support/action-calls";
import { actions } from "@/tests/support/site";
import { furnish, type Ids, type Institution, leaks, type Person, rowsOf, unknownIds } from "@/tests/support/two-institutions";

const lines = Object.entries(ACTION_CASES).map(([key, given]) => ({ key, ...given }));

let ours: Institution;
let theirs: Institution;

beforeAll(async () => {
  [ours, theirs] = [await furnish(), await furnish()];
});

test("R63: every server action has its case", () => {
  expect(Object.keys(ACTION_CASES).sort()).toEqual(actions().sort());
});

describe.each(lines.filter(({ foreign }) => foreign))("$key", ({ key, form, foreign, plain }) => {
  const send = (as: Person, ids: Ids) => post(key, { as }, form?.(ids));

  test("R61: another institution's ids are answered as unknown ones, and change nothing there", async () => {
    const before = await rowsOf(theirs);
    const nobodys = unknownIds(theirs.ids);
    const [asUnknown, asForeign] = [await send(ours.people.owner, nobodys), await send(ours.people.owner, theirs.ids)];
    expect(asForeign.code).toBe(foreign);
    expect(shown(asForeign, theirs.ids)).toBe(shown(asUnknown, nobodys));
    expect(leaks(theirs, shown(asForeign, theirs.ids))).toEqual([]);
    expect(await rowsOf(theirs)).toBe(before);
  });

  test("R61: a plain member is told what the table of permissions says", async () => {
    expect((await send(theirs.people.member, theirs.ids)).code).toBe(plain);
  });

  test("R61: whoever the ids belong to is served", async () => {
    const fresh = await furnish();
    expect((await send(fresh.people.owner, fresh.ids)).code).toBe("fine");
  });
});

describe.each(lines.filter(({ needs }) => needs !== "open"))("$key", ({ key, form, needs, button }) => {
  test("R61: nobody who is not signed in, no role without the permission", async () => {
    expect((await post(key, {}, form?.(theirs.ids))).code).toBe(button ? "sign-in" : "unauthenticated");
    for (const role of rolesWithout(needs)) {
      expect((await post(key, { as: theirs.people[role] }, form?.(theirs.ids))).code, role).toBe("forbidden");
    }
  });
});

/** What the browser gets to see, without the request's own id and what it had typed itself. */
function shown({ code, state }: Posted, typed: Ids): string {
  let text = JSON.stringify({ code, state }).replaceAll(/req_[0-9a-f]{16}/g, "req");
  for (const [name, value] of Object.entries(typed)) text = text.replaceAll(value, name);
  return text;
}

function rolesWithout(needs: string) {
  const isPermission = (value: string): value is Permission => (PERMISSIONS as string[]).includes(value);
  return isPermission(needs) ? ROLES.filter((role) => !roleMay(role, needs)) : [];
}
