import { beforeAll, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { ACTION_CASES } from "@/tests/contract/action-cases";
import { ROUTE_LINES, takesBody } from "@/tests/contract/route-cases";
import { post } from "@/tests/support/action-calls";
import { callRoute, problemOf } from "@/tests/support/route-calls";
import { furnish, type Institution, rowsOf } from "@/tests/support/two-institutions";

const origin = env().appOrigin;

/** What the browser of a signed-in person sends along with a write that another site set off, or may have. */
const REFUSED: Array<[string, Record<string, string>]> = [
  ["neither header", {}],
  ["Origin: null", { origin: "null" }],
  ["Origin: null from here", { origin: "null", "sec-fetch-site": "same-origin" }],
  ["a foreign Origin", { origin: "https://elsewhere.example" }],
  ["a foreign Origin, said to be from here", { origin: "https://elsewhere.example", "sec-fetch-site": "same-origin" }],
  ["our host on another port", { origin: `${new URL(origin).protocol}//${new URL(origin).hostname}:1` }],
  ["our Origin with a tail", { origin: `${origin}.elsewhere.example` }],
  ["same-site", { "sec-fetch-site": "same-site" }],
  ["same-site with our Origin", { origin, "sec-fetch-site": "same-site" }],
  ["cross-site", { "sec-fetch-site": "cross-site" }],
  ["cross-site with our Origin", { origin, "sec-fetch-site": "cross-site" }],
  ["none", { "sec-fetch-site": "none" }],
];
const ACCEPTED: Array<[string, Record<string, string>]> = [
  ["same-origin", { "sec-fetch-site": "same-origin" }],
  ["our Origin", { origin }],
];

let institution: Institution;
let before: string;

beforeAll(async () => {
  institution = await furnish();
  before = await rowsOf(institution);
});

const writes = ROUTE_LINES.filter(({ method }) => method !== "GET");

describe.each(writes)("$method $file", ({ file, method, params, body, own }) => {
  const send = (to: Institution, headers: Record<string, string>) =>
    callRoute({
      file,
      method,
      as: to.people.owner,
      params: params?.(to.ids),
      headers,
      ...(takesBody(method) ? { body: body?.(to.ids) ?? {} } : {}),
    });

  test("R57: a write that another site may have set off is refused", async () => {
    for (const [name, headers] of REFUSED) {
      const response = await send(institution, headers);
      expect(response.status, name).toBe(403);
      expect(await problemOf(response), name).toMatchObject({ code: "forbidden", reason: "crossOrigin" });
    }
    expect(await rowsOf(institution)).toBe(before);
  });

  test.each(ACCEPTED)("R57: %s is enough", async (_name, headers) => {
    expect((await send(await furnish(), headers)).status).toBe(own);
  });
});

describe.each(Object.entries(ACTION_CASES))("%s", (key, { form }) => {
  test("R57: a form that another site may have posted is refused", async () => {
    for (const [name, headers] of REFUSED) {
      const { code, visit } = await post(key, { as: institution.people.owner, headers }, form?.(institution.ids));
      expect(code, name).toBe("forbidden");
      expect(visit && "cookies" in visit ? visit.cookies.size : 1, name).toBe(1);
    }
    expect(withoutRefusals(await rowsOf(institution))).toBe(withoutRefusals(before));
  });
});

test("R57: next-auth's own routes are behind the same check", async () => {
  const file = "app/api/auth/[...nextauth]/route.ts";
  for (const [name, headers] of REFUSED) {
    for (const action of [["callback", "credentials"], ["signout"]]) {
      const response = await callRoute({
        file,
        method: "POST",
        as: institution.people.owner,
        params: { nextauth: action as never },
        body: "",
        headers,
      });
      expect(response.status, name).toBe(403);
    }
  }
  expect(withoutRefusals(await rowsOf(institution))).toBe(withoutRefusals(before));
});

/** A refused form leaves a line in the audit log, and that alone. */
function withoutRefusals(rows: string): string {
  return rows
    .split("\n")
    .filter((row) => !row.includes("authz_fail"))
    .join("\n");
}
