import { beforeAll, describe, expect, test } from "vitest";
import { PERMISSIONS, type Permission, ROLES, roleMay } from "@/lib/auth/permissions";
import { newId } from "@/lib/core/ids";
import { PAGE_CASES, type PageCase } from "@/tests/contract/page-cases";
import { asBrowser, type Visit } from "@/tests/support/next";
import { readPage } from "@/tests/support/page-calls";
import { pages } from "@/tests/support/site";
import { furnish, type Ids, type Institution, leaks, type Person, rowsOf, unknownIds } from "@/tests/support/two-institutions";

type Line = PageCase & { file: string };

const lines: Line[] = Object.entries(PAGE_CASES).map(([file, given]) => ({ file, ...given }));

let ours: Institution;
let theirs: Institution;

beforeAll(async () => {
  [ours, theirs] = [await furnish(), await furnish()];
});

test("R63: every page has its case", () => {
  expect(Object.keys(PAGE_CASES).sort()).toEqual(pages());
});

describe.each(lines.filter(({ needs }) => needs !== "open"))("$file", (line) => {
  test("R61: nobody who is not signed in, no role without the permission", async () => {
    expect(await read(line, undefined, theirs.ids)).toMatchObject({ kind: "redirect", to: expect.stringMatching(/^\/sign-in\?next=%2F/) });
    for (const role of rolesWithout(line.needs)) {
      expect(await read(line, theirs.people[role], theirs.ids), role).toEqual({ kind: "not_found" });
    }
  });

  test("R61: whoever it belongs to sees it", async () => {
    expect(await read(line, theirs.people.owner, theirs.ids)).toMatchObject({ kind: line.hidden ? "not_found" : "answer" });
  });
});

describe.each(lines.filter(({ foreign }) => foreign))("$file", (line) => {
  test("R61: another institution's ids show what unknown ones show, and change nothing there", async () => {
    const before = await rowsOf(theirs);
    const nobodys = unknownIds(theirs.ids);
    const [asUnknown, asForeign] = [await read(line, ours.people.owner, nobodys), await read(line, ours.people.owner, theirs.ids)];
    expect(asForeign.kind).toBe(line.foreign);
    const text = words(line, asForeign, theirs.ids);
    expect(text).toBe(words(line, asUnknown, nobodys));
    expect(leaks(theirs, text)).toEqual([]);
    expect(await rowsOf(theirs)).toBe(before);
  });

  test("R61: a plain member sees what the table of permissions says", async () => {
    expect((await read(line, theirs.people.member, theirs.ids)).kind).toBe(line.plain);
  });
});

test("R61: no page shows anything of another institution to somebody of this one", async () => {
  for (const line of lines) {
    const visit = await read(line, ours.people.owner, ours.ids);
    expect(leaks(theirs, JSON.stringify(visit)), line.file).toEqual([]);
  }
});

test("R61: an id that cannot be one is the 404 page", async () => {
  const line = lines.find(({ file }) => file.endsWith("contact-points/[contactPointId]/page.tsx"));
  for (const contactPointId of ["1", "../x", newId().toUpperCase(), `${newId()}'`]) {
    expect(line && (await read(line, ours.people.owner, { ...ours.ids, contactPointId }))).toEqual({ kind: "not_found" });
  }
});

function read({ file, params, search }: Line, as: Person | undefined, ids: Ids): Promise<Visit> {
  return asBrowser({ as }, () => readPage(file, { params: params?.(ids), search: search?.(ids) }));
}

/** What was asked for may come back, in an address or in a form; and every page knows what time it is. */
function words({ search }: Line, visit: Visit, asked: Ids): string {
  let text = visit.kind === "answer" ? String(visit.value) : JSON.stringify(visit);
  for (const [name, value] of Object.entries({ ...asked, ...search?.(asked) })) text = text.replaceAll(value, name);
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "an instant");
}

function rolesWithout(needs: string) {
  const isPermission = (value: string): value is Permission => (PERMISSIONS as string[]).includes(value);
  return isPermission(needs) ? ROLES.filter((role) => !roleMay(role, needs)) : [];
}
