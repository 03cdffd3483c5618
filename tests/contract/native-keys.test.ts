import { beforeAll, describe, expect, test } from "vitest";
import { SCOPES, type Scope, scopeFor } from "@/lib/auth/scopes";
import { env } from "@/lib/env";
import { ROUTE_LINES, type RouteCase, takesBody } from "@/tests/contract/route-cases";
import { makeKey } from "@/tests/support/programs";
import { bodyOf, callRoute, problemOf } from "@/tests/support/route-calls";
import { furnish, type Ids, type Institution, leaks, rowsOf, unknownIds } from "@/tests/support/two-institutions";

let ours: Institution;
let theirs: Institution;
let ownersKey: string;

beforeAll(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  [ours, theirs] = [await furnish(), await furnish()];
  ownersKey = await keyFor(ours);
});

type Line = RouteCase & { file: string; method: string };
const lines: Line[] = ROUTE_LINES.filter(({ file }) => file.startsWith("app/api/v1/"));

/** What an institution's own key cannot do: somebody has to be somebody for it. */
const FOR_PEOPLE = [
  "GET app/api/v1/inbox/route.ts",
  "GET app/api/v1/inbox/unread/route.ts",
  "GET app/api/v1/senders/[senderId]/verification/route.ts",
  "POST app/api/v1/contact-points/[contactPointId]/verification/code/route.ts",
  "POST app/api/v1/contact-points/[contactPointId]/verification/confirm/route.ts",
  "POST app/api/v1/inbox/[itemId]/confirm/route.ts",
  "POST app/api/v1/inbox/[itemId]/read/route.ts",
  "POST app/api/v1/inbox/read-all/route.ts",
  "POST app/api/v1/institutions/route.ts",
  "POST app/api/v1/invitations/route.ts",
  "POST app/api/v1/keys/route.ts",
  "POST app/api/v1/senders/[senderId]/verification/code/route.ts",
  "POST app/api/v1/senders/[senderId]/verification/route.ts",
];

/** What nobody does but a person who is signed in: a credential does not make another that outlives it. */
const FOR_SESSIONS = ["POST app/api/v1/access-tokens/route.ts"];

describe.each(lines)("$method $file", (line) => {
  const { method, file, needs, own } = line;
  const wanted = scopeFor(needs, method === "GET" ? "read" : "write");

  test("R52: a key without the scope is refused, whoever it acts as", async () => {
    const before = await rowsOf(ours, TRACES);
    for (const userId of [ours.people.owner.actor.userId, undefined]) {
      const { key } = await makeKey(ours.ids.institutionId, { scopes: allBut(wanted), ...(userId ? { userId } : {}) });
      const response = await call(line, key, ours.ids);
      expect([response.status, (await problemOf(response)).reason]).toEqual([403, "scope"]);
    }
    expect(await rowsOf(ours, TRACES)).toBe(before);
  });

  test("R52: an institution's own key may do what needs nobody in person", async () => {
    const fresh = method === "GET" ? ours : await furnish();
    const { key } = await makeKey(fresh.ids.institutionId);
    const response = await call(line, key, fresh.ids);
    if (FOR_SESSIONS.includes(`${method} ${file}`)) {
      expect(response.status).toBe(403);
    } else if (FOR_PEOPLE.includes(`${method} ${file}`)) {
      expect([response.status, (await problemOf(response)).reason]).toEqual([403, "personOnly"]);
    } else {
      expect(response.status, await response.clone().text()).toBe(own);
    }
  });
});

describe.each(lines.filter(({ foreign }) => foreign))("$method $file", (line) => {
  test("R61: a key meets another institution's ids as unknown ones", async () => {
    const before = await rowsOf(theirs);
    const [unknown, other] = [await call(line, ownersKey, unknownIds(theirs.ids)), await call(line, ownersKey, theirs.ids)];
    expect([unknown.status, other.status]).toEqual([line.foreign, line.foreign]);
    const body = await bodyOf(other);
    expect(body).toBe(await bodyOf(unknown));
    expect(leaks(theirs, body)).toEqual([]);
    expect(await rowsOf(theirs)).toBe(before);
  });
});

// what streams is not kept, and what is for sessions alone is refused each time
const repeatable = lines.filter(
  ({ method, file }) =>
    (method === "POST" || method === "PATCH") && !file.includes("/diagnosis/") && !FOR_SESSIONS.includes(`${method} ${file}`),
);

test.each(repeatable)("R54: $method $file with a person's key is done once for an Idempotency-Key", async (line) => {
  const fresh = await furnish();
  const key = await keyFor(fresh);
  const headers = { "idempotency-key": "once" };
  const first = await call(line, key, fresh.ids, headers);
  expect(first.status, await first.clone().text()).toBe(line.own);
  const said = await first.text();
  const after = await rowsOf(fresh, TRACES);
  const second = await call(line, key, fresh.ids, headers);
  expect(second.status).toBe(line.own);
  // what the caller can mend is asked anew
  if (first.status < 300) {
    expect(second.headers.get("idempotency-replay")).toBe("true");
    expect(await second.text()).toBe(said);
    expect(await rowsOf(fresh, TRACES)).toBe(after);
  }
});

async function keyFor({ ids, people }: Institution): Promise<string> {
  return (await makeKey(ids.institutionId, { userId: people.owner.actor.userId })).key;
}

/** Every scope but the one, and the one that includes it. */
function allBut(wanted: Scope | null): Scope[] {
  return SCOPES.filter((scope) => scope !== wanted && scope !== wanted?.replace(/read$/, "write"));
}

/** What a refused request leaves all the same, and the keys that it was made with. */
const TRACES = ["api_key", "api_request", "audit_event"];

function call({ file, method, params, query, body }: Line, key: string, ids: Ids, headers: Record<string, string> = {}): Promise<Response> {
  return callRoute({
    file,
    method,
    params: params?.(ids),
    query: query?.(ids),
    headers: { "x-api-key": key, ...headers },
    ...(takesBody(method) ? { body: body?.(ids) ?? {} } : {}),
  });
}
