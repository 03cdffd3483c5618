import { beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { type Application, callNotiflows, makeApplication } from "@/tests/support/notiflows";
import { browserSubscription } from "@/tests/support/push";
import { load } from "@/tests/support/site";

type Handler = (request: Request, args: { params: Promise<Record<string, string[]>> }) => Promise<Response>;

const BELOW = "app/(dialects)/(notiflows)/user";
const [KNOWN, UNKNOWN] = [`${BELOW}/v1/channels/[channel_id]/subscriptions/route.ts`, `${BELOW}/[...rest]/route.ts`];

let app: Application;

beforeAll(async () => {
  app = await makeApplication();
});

async function ask(file: string, method: string): Promise<Response> {
  const request = new Request(`${env().appOrigin}/user/v1/somewhere`, { method });
  return ((await load(file))[method] as Handler)(request, { params: Promise.resolve({ rest: ["v1", "somewhere"] }) });
}

const listOf = (response: Response, header: string) => (response.headers.get(`access-control-${header}`) ?? "").split(", ");

test.each([
  ["a path that is there", KNOWN],
  ["one that is not", UNKNOWN],
])("a page of another origin may ask %s whatever it likes, and is told so before it does", async (_, file) => {
  const preflight = await ask(file, "OPTIONS");
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  expect(listOf(preflight, "allow-methods")).toEqual(["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"]);
  expect(listOf(preflight, "allow-headers")).toEqual(
    expect.arrayContaining(["*", "authorization", "content-type", "idempotency-key", "x-notiflows-api-key", "x-notiflows-user-key"]),
  );
  expect(preflight.headers.get("ratelimit-limit")).toMatch(/^\d+$/);
  // no cookie of ours ever counts there
  expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
});

test("what it then gets, it can read: the answer, the refusal, the 404 and the 405, each with its pace", async () => {
  const answers = {
    made: await callNotiflows(app, "POST", { body: browserSubscription() }),
    refused: await callNotiflows(app, "POST", { apiKey: null, body: browserSubscription() }),
    nowhere: await ask(UNKNOWN, "GET"),
    never: await callNotiflows(app, "PATCH", { body: {} }),
  };
  expect(Object.values(answers).map(({ status }) => status)).toEqual([201, 401, 404, 405]);
  for (const answer of Object.values(answers)) {
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    const readable = listOf(answer, "expose-headers");
    const paced = [...answer.headers.keys()].filter((name) => name.startsWith("ratelimit-"));
    expect(paced).toHaveLength(4);
    expect(readable).toEqual(expect.arrayContaining([...paced, "x-request-id", "allow", "retry-after", "idempotency-replay"]));
  }
});
