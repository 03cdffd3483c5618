import { beforeAll, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { callProgram, makeKey } from "@/tests/support/programs";
import { callRoute, problemOf } from "@/tests/support/route-calls";
import type { Person } from "@/tests/support/two-institutions";

let owner: Person;
let key: string;

beforeAll(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  owner = await makeMember(await makeInstitution(), "owner");
  ({ key } = await makeKey(owner.actor.institutionId));
});

const unknown = (method: string, headers: Record<string, string> = {}) =>
  callProgram({ file: "api/v1/[[...rest]]/route.ts", method, path: "/api/v1/nothing/here", headers });
const subscribers = (method: string, headers: Record<string, string>, body?: unknown) =>
  callProgram({ file: "api/v1/subscribers/route.ts", method, path: "/api/v1/subscribers", headers, body });

describe.each(["GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"])("%s of a path that is not there", (method) => {
  test("R55: is a problem like any other, whoever asks, and is counted", async () => {
    for (const headers of [{}, { "x-api-key": key }, { "x-api-key": "sk_none" }] as Array<Record<string, string>>) {
      const response = await unknown(method, { "accept-language": "ja", ...headers });
      expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
      expect(response.headers.get("ratelimit-remaining")).toMatch(/^\d+$/);
      expect(await problemOf(response)).toMatchObject({ code: "not_found", status: 404, title: expect.stringMatching(/[ぁ-ん]/) });
    }
  });
});

describe("a program without a key", () => {
  test.each(["GET", "POST"])("R55: %s is told to send one, how, and how often it may ask", async (method) => {
    const response = await subscribers(method, {}, method === "POST" ? { externalId: "one" } : undefined);
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect(response.headers.get("ratelimit-limit")).toMatch(/^\d+$/);
    expect(await problemOf(response)).toMatchObject({ code: "unauthenticated", reason: "keyMissing" });
  });

  test.each([{ authorization: "ApiKey sk_none" }, { authorization: "Basic c2s6c2s=" }, { authorization: "Bearer" }])(
    "R55: nor with what is none: %j",
    async (headers) => {
      expect(await problemOf(await subscribers("GET", headers))).toMatchObject({ status: 401, reason: "keyMissing" });
    },
  );

  test("R33: is slowed down by where it comes from", async () => {
    const { requestsPerCredential } = env().limits;
    env().limits.requestsPerCredential = { perMinute: 1, burst: 1 };
    const from = { "x-forwarded-for": "198.51.100.77" };
    const statuses = [
      (await subscribers("GET", from)).status,
      (await subscribers("GET", from)).status,
      (await unknown("GET", from)).status,
    ];
    env().limits.requestsPerCredential = requestsPerCredential;
    expect(statuses).toEqual([401, 429, 429]);
  });

  test("a browser on a page of ours whose session is over is told to sign in", async () => {
    const response = await callRoute({ file: "app/api/v1/subscribers/route.ts", method: "GET" });
    expect([response.status, (await problemOf(response)).reason]).toEqual([401, undefined]);
  });
});

describe("a cursor", () => {
  const list = async (query: string) => {
    const path = `/api/v1/subscribers?limit=1${query}`;
    const response = await callProgram({ file: "api/v1/subscribers/route.ts", method: "GET", path, headers: { "x-api-key": key } });
    return { status: response.status, body: await response.json() };
  };

  test.each(["x", "bm9uZQ", "e30", "W1tdXQ", "%00", "[]"])(
    "that none of our lists made is refused, not taken for the first page: %s",
    async (given) => {
      for (const name of ["after", "before"]) {
        const { status, body } = await list(`&${name}=${given}`);
        expect([status, body.errors]).toEqual([422, [expect.objectContaining({ pointer: `/${name}`, code: "invalid" })]]);
      }
    },
  );

  test("that a list made leads on, and an empty one to the first page", async () => {
    await subscribers("POST", { "x-api-key": key }, { externalId: "cursor-1" });
    const first = await list("");
    const second = await list(`&after=${first.body.next}`);
    expect([first.status, second.status, (await list("&after=")).body.items]).toEqual([200, 200, first.body.items]);
    expect(second.body.items).not.toEqual(first.body.items);
    expect((await list(`&before=${second.body.previous}`)).body.items).toEqual(first.body.items);
  });
});
