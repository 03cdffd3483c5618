import { beforeAll, describe, expect, test } from "vitest";
import { NATIVE_PATHS } from "@/app/api/openapi/native-paths";
import { encodeCursor } from "@/lib/core/page";
import { env } from "@/lib/env";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { callProgram, makeKey } from "@/tests/support/programs";

type Key = Parameters<typeof encodeCursor>[0];

/** Keys that no list made: of every length, with what no column holds. */
const PARTS: Key = [null, true, "false", -1, 1e300, "", "'; --", "-infinity", "+275760-09-13T00:00:00.000Z", "not-an-id", "\u0000\ud800"];
const FORGED: Key[] = [1, 2, 3].flatMap((length) =>
  PARTS.map((_, at) => Array.from({ length }, (_, n) => PARTS[(at + n) % PARTS.length] ?? null)),
);
const SORTS: Record<string, string[]> = {
  "/api/v1/contact-points": ["attention", "newest", "label"],
  "/api/v1/senders": ["newest", "name"],
  "/api/v1/subscribers": ["newest", "externalId"],
};

const lists = Object.entries(NATIVE_PATHS)
  .filter(([path, operations]) => !path.includes("{") && JSON.stringify(Object.keys(shapeOf(operations.GET?.query))).includes('"after"'))
  .flatMap(([path]) => (SORTS[path] ?? [""]).map((sort) => [path, sort] as const));

function shapeOf(schema: unknown): object {
  return (schema as { shape?: object } | undefined)?.shape ?? {};
}

describe("a cursor of somebody's own making", () => {
  let key: string;

  beforeAll(async () => {
    env().limits.requestsPerCredential = { perMinute: 60_000, burst: 1000 };
    const institutionId = await makeInstitution();
    const owner = await makeMember(institutionId, "owner");
    ({ key } = await makeKey(institutionId, { userId: owner.actor.userId }));
  });

  test("there are lists to ask", () => {
    expect(lists.length).toBeGreaterThan(15);
  });

  test.each(lists)("moves its maker's own page of %s %s, and nothing else", async (path, sort) => {
    const asked = FORGED.map((forged, at) => ({ ...(sort && { sort }), limit: "2", [at % 2 ? "after" : "before"]: encodeCursor(forged) }));
    const statuses = new Set<number>();
    for (const query of asked) {
      const request = { file: `${path.slice(1)}/route.ts`, method: "GET", path: `${path}?${new URLSearchParams(query)}` };
      statuses.add((await callProgram({ ...request, headers: { "x-api-key": key } })).status);
    }
    expect([...statuses]).toEqual([200]);
  });
});
