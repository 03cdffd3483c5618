import { beforeAll, describe, expect, test } from "vitest";
import { ROLES, roleMay } from "@/lib/auth/permissions";
import { OPEN_ROUTES, ROUTE_CASES, ROUTE_LINES, type RouteCase, takesBody } from "@/tests/contract/route-cases";
import { bodyOf, callRoute } from "@/tests/support/route-calls";
import { routes, source } from "@/tests/support/site";
import { furnish, type Ids, type Institution, leaks, type Person, rowsOf, unknownIds } from "@/tests/support/two-institutions";

let ours: Institution;
let theirs: Institution;

beforeAll(async () => {
  [ours, theirs] = [await furnish(), await furnish()];
});

test("R63: every route has its cases, and every method that it offers", () => {
  // the dialects' have contract tests of their own: no session opens them
  const native = routes().filter((file) => !file.startsWith("app/(dialects)/"));
  expect([...OPEN_ROUTES, ...Object.keys(ROUTE_CASES)].sort()).toEqual(native);
  for (const [file, methods] of Object.entries(ROUTE_CASES)) {
    const offered = [...source(file).matchAll(/^ {2}(GET|POST|PATCH|PUT|DELETE): operation\(/gm)].map(([, method]) => method);
    expect(Object.keys(methods).sort(), file).toEqual(offered.sort());
  }
});

type Line = RouteCase & { file: string; method: string };

describe.each<Line>(ROUTE_LINES.filter(({ foreign }) => foreign))("$method $file", (line) => {
  test("R61: another institution's ids are answered as unknown ones, byte by byte, and change nothing there", async () => {
    const before = await rowsOf(theirs);
    const [asUnknown, asForeign] = [
      await call(line, ours.people.owner, unknownIds(theirs.ids)),
      await call(line, ours.people.owner, theirs.ids),
    ];
    expect([asUnknown.status, asForeign.status]).toEqual([line.foreign, line.foreign]);
    const body = await bodyOf(asForeign);
    expect(body).toBe(await bodyOf(asUnknown));
    expect(leaks(theirs, body)).toEqual([]);
    expect(await rowsOf(theirs)).toBe(before);
  });
});

describe.each<Line>(ROUTE_LINES)("$method $file", (line) => {
  const { needs, plain, own } = line;

  test("R61: nobody who is not signed in, no role without the permission", async () => {
    expect((await call(line, undefined, theirs.ids)).status).toBe(401);
    for (const role of ROLES.filter((each) => !roleMay(each, needs))) {
      expect((await call(line, theirs.people[role], theirs.ids)).status, role).toBe(403);
    }
    expect((await call(line, theirs.people.member, theirs.ids)).status).toBe(plain);
  });

  test("R61: whoever the ids belong to is served", async () => {
    const fresh = await furnish();
    const response = await call(line, fresh.people.owner, fresh.ids);
    expect(response.status, await response.clone().text()).toBe(own);
  });
});

test("R64: an id beside the path's cannot redirect a write to another institution's rows", async () => {
  const file = "app/api/v1/contact-points/[contactPointId]/route.ts";
  const before = await rowsOf(theirs);
  for (const body of [
    { contactPointId: theirs.ids.contactPointId, label: "Ours now" },
    { institutionId: theirs.ids.institutionId, label: "Ours now" },
  ]) {
    await callRoute({ file, method: "PATCH", as: ours.people.owner, params: { contactPointId: ours.ids.contactPointId }, body });
  }
  expect(await rowsOf(theirs)).toBe(before);
});

function call({ file, method, params, query, body }: Line, as: Person | undefined, ids: Ids): Promise<Response> {
  return callRoute({
    file,
    method,
    as,
    params: params?.(ids),
    query: query?.(ids),
    ...(takesBody(method) ? { body: body?.(ids) ?? {} } : {}),
  });
}
