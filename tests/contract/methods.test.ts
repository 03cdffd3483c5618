import { beforeAll, describe, expect, test } from "vitest";
import { METHODS, ROUTE_CASES, ROUTE_LINES } from "@/tests/contract/route-cases";
import { callRoute, problemOf } from "@/tests/support/route-calls";
import { load, routes } from "@/tests/support/site";
import { furnish, type Institution, rowsOf } from "@/tests/support/two-institutions";

let institution: Institution;

beforeAll(async () => {
  institution = await furnish();
});

describe.each(Object.entries(ROUTE_CASES))("%s", (file, methods) => {
  const offered = METHODS.filter((method) => methods[method]);
  const allow = [...offered.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"].sort();
  const anyCase = Object.values(methods)[0];
  const params = () => anyCase?.params?.(institution.ids);

  test.each([...METHODS, "HEAD"].filter((method) => !allow.includes(method)))(
    "R59: %s is not offered, and the answer says what is",
    async (method) => {
      const response = await callRoute({ file, method, as: institution.people.owner, params: params() });
      expect(response.status).toBe(405);
      expect(allowOf(response)).toEqual(allow);
      expect(await problemOf(response)).toMatchObject({ code: "method_not_allowed", status: 405 });
    },
  );

  test("R59: asking which methods there are changes nothing, and names those that are offered", async () => {
    const before = await rowsOf(institution);
    const response = await callRoute({ file, method: "OPTIONS", as: institution.people.owner, params: params() });
    expect(response.status).toBe(204);
    expect(allowOf(response)).toEqual(allow);
    expect(await rowsOf(institution)).toBe(before);
  });
});

const reads = ROUTE_LINES.filter(({ method }) => method === "GET");

test.each(reads)("R59: HEAD of $file says what GET says and changes nothing", async ({ file, params, query }) => {
  const before = await rowsOf(institution);
  const call = { file, as: institution.people.owner, params: params?.(institution.ids), query: query?.(institution.ids) };
  const head = await callRoute({ ...call, method: "HEAD" });
  expect(await rowsOf(institution)).toBe(before);
  expect(head.status).toBe((await callRoute({ ...call, method: "GET" })).status);
});

test("R59: every route answers every method itself, so that Next names none that is not there", async () => {
  for (const file of routes()) {
    const handlers = await load(file);
    for (const method of [...METHODS, "OPTIONS"]) expect(handlers[method], `${method} ${file}`).toBeTypeOf("function");
  }
});

test("R59: a probe is asked, and nothing else", async () => {
  for (const file of ["app/healthz/route.ts", "app/readyz/route.ts"]) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const response = await callRoute({ file, method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    }
  }
});

function allowOf(response: Response): string[] {
  return (response.headers.get("allow") ?? "").split(", ").sort();
}
