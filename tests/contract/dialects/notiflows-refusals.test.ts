import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { toUlid } from "@/lib/core/ulid";
import { notiflows } from "@/lib/dialects/notiflows/dialect";
import { ErrorBody } from "@/lib/dialects/notiflows/schemas";
import { env } from "@/lib/env";
import { unknownProgramPath } from "@/lib/http/program-route";
import { furnishSenders } from "@/tests/support/furnish-senders";
import { makeMember } from "@/tests/support/institution";
import { type Application, callNotiflows, makeApplication } from "@/tests/support/notiflows";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { browserSubscription } from "@/tests/support/push";
import { REFUSED_BODIES } from "@/tests/support/refused-bodies";
import { load } from "@/tests/support/site";
import { rs256, userToken } from "@/tests/support/tokens";

let app: Application;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  app = await makeApplication();
});

/** The vendor's shape, to the letter. */
async function refusal(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/json");
  const { error } = ErrorBody.parse(await response.json());
  expect(error.status).toBe(response.status);
  expect(error.type).toBe(`https://notiflows.com/docs/api/errors#${error.code}-${error.status}`);
  expect(error.request_id).toMatch(/^req_/);
  return { status: error.status, code: error.code, details: error.details };
}

const post = (asked: Parameters<typeof callNotiflows>[2] = {}) => callNotiflows(app, "POST", { body: browserSubscription(), ...asked });

describe("who it is", () => {
  test("R52: a public key alone grants nothing", async () => {
    for (const part of ["subscriptions", "settings"] as const) {
      expect(await refusal(await callNotiflows(app, "GET", { token: null, part }))).toEqual({
        status: 401,
        code: "unauthenticated",
        details: { auth: "user_key" },
      });
    }
  });

  test("R52: no key, an unknown one, a secret one, a revoked one: the key is named", async () => {
    const secret = await makeKey(app.institutionId);
    const revoked = await makeKey(app.institutionId, { kind: "public" });
    await asAdmin("UPDATE api_key SET revoked_at = now() WHERE id = $1", [revoked.id]);
    for (const apiKey of [null, "", "pk_x", `${app.apiKey.slice(0, -1)}0`, secret.key, revoked.key]) {
      expect(await refusal(await post({ apiKey }))).toMatchObject({ status: 401, details: { auth: "api_key" } });
    }
  });

  test("R53: a token of another institution's application, of a revoked key, over, or of nobody", async () => {
    const other = await makeApplication();
    const now = Math.floor(Date.now() / 1000);
    const header = { alg: "RS256", typ: "JWT", kid: app.signing.kid };
    const tokens = [
      "",
      "not-a-token",
      userToken(other.signing, "user-1"),
      userToken(app.signing, "user-1", -120),
      rs256(app.signing.privateKey, header, { iat: now, exp: now + 60 }),
      rs256(app.signing.privateKey, header, { sub: " user-1", exp: now + 60 }),
    ];
    for (const token of tokens) {
      expect(await refusal(await post({ token }))).toMatchObject({ status: 401, details: { auth: "user_key" } });
    }
    expect(await asAdmin("SELECT 1 FROM subscription WHERE institution_id = $1", [app.institutionId])).toEqual([]);
  });

  test("R52: a key without the scope is told which one it lacks, and one that may read reads", async () => {
    const { key } = await makeKey(app.institutionId, { kind: "public", scopes: ["subscriptions:read"] });
    expect(await refusal(await post({ apiKey: key }))).toEqual({
      status: 403,
      code: "forbidden",
      details: { required_scope: "subscriptions:write" },
    });
    expect((await callNotiflows(app, "GET", { apiKey: key })).status).toBe(200);
  });

  test("R52: the header of a bare user id is not looked at, unless a build for development is told to", async () => {
    const asked = { token: null, headers: { "x-notiflows-user-id": "user-1" } };
    expect(await refusal(await post(asked))).toMatchObject({ status: 401 });
    const preflight = async () => {
      const { OPTIONS } = await load("app/(dialects)/(notiflows)/user/v1/channels/[channel_id]/settings/route.ts");
      return (
        (
          await (OPTIONS as (request: Request) => Promise<Response>)(new Request("http://localhost:3000/", { method: "OPTIONS" }))
        ).headers.get("access-control-allow-headers") ?? ""
      ).split(", ");
    };
    expect(await preflight()).not.toContain("x-notiflows-user-id");
    env().trustUserIdHeader = true;
    try {
      expect((await post(asked)).status).toBe(201);
      expect(await refusal(await post({ ...asked, headers: { "x-notiflows-user-id": "x".repeat(256) } }))).toMatchObject({ status: 401 });
      expect(await refusal(await post({ ...asked, token: "forged" }))).toMatchObject({ status: 401 });
    } finally {
      env().trustUserIdHeader = false;
    }
  });

  test("a member's account id signed by the application is that member's own subscriber; nobody else's can be taken", async () => {
    const member = await makeMember(app.institutionId);
    expect((await post({ user: member.actor.userId })).status).toBe(201);
    const rows = await asAdmin("SELECT subscriber_id FROM subscription WHERE institution_id = $1", [app.institutionId]);
    expect(rows).toEqual([{ subscriber_id: member.actor.subscriberId }]);
    const elsewhere = await makeMember((await makeApplication()).institutionId);
    expect(await refusal(await post({ user: elsewhere.actor.userId }))).toMatchObject({ status: 409, code: "conflict" });
  });
});

describe("which channel", () => {
  test.each(["x", "01HQXYZ", "bbe8aa76-a4bb-46f6-a785-df8e831cc45", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "'; DROP TABLE sender; --"])(
    "%s is neither a UUID nor a ULID",
    async (channel) => {
      for (const method of ["GET", "POST", "DELETE"]) {
        const response = await callNotiflows(app, method, { channel, ...(method === "GET" ? {} : { body: browserSubscription() }) });
        expect(await refusal(response)).toEqual({
          status: 400,
          code: "bad_request",
          details: { reason: "invalid_uuid", param: "channel_id" },
        });
      }
    },
  );

  test("R61: an unknown one, another institution's, and one of mail are the same answer", async () => {
    const other = await makeApplication();
    const owner = await makeMember(app.institutionId, "owner");
    const { senderId } = await furnishSenders(app.institutionId, owner.actor.userId, newId().slice(0, 8));
    for (const channel of [newId(), toUlid(newId()), "01HQXYZ123456789ABCDEFGHIJ", other.channelId, toUlid(other.channelId), senderId]) {
      for (const part of ["subscriptions", "settings"] as const) {
        const write = part === "settings" ? { method: "PUT", body: { settings: {} } } : { method: "POST", body: browserSubscription() };
        expect(await refusal(await callNotiflows(app, write.method, { channel, part, body: write.body }))).toMatchObject({
          status: 404,
          code: "not_found",
          details: { resource: "channel", id: channel },
        });
        for (const method of ["GET", "DELETE"]) {
          const refused = await callNotiflows(app, method, { channel, part, ...(method === "GET" ? {} : { body: { identifier: "x" } }) });
          expect(await refusal(refused)).toMatchObject({ status: 404, details: { resource: "channel", id: channel } });
        }
      }
    }
    expect(await asAdmin("SELECT 1 FROM subscriber WHERE institution_id = $1 AND external_id = 'user-1'", [app.institutionId])).toEqual([]);
  });

  test("a UUID in capitals and a ULID in small letters are that channel too", async () => {
    for (const channel of [app.channelId.toUpperCase(), toUlid(app.channelId).toLowerCase()]) {
      expect((await callNotiflows(app, "GET", { channel })).status).toBe(200);
    }
  });
});

describe("what it says", () => {
  const { identifier, settings } = browserSubscription();

  test.each<[string, unknown, Array<[string, string]>]>([
    [
      "nothing",
      {},
      [
        ["identifier", "required"],
        ["settings", "required"],
      ],
    ],
    ["no settings", { identifier }, [["settings", "required"]]],
    ["settings that are a text", { identifier, settings: "x" }, [["settings", "invalid"]]],
    [
      "empty settings",
      { identifier, settings: {} },
      [
        ["settings.endpoint", "required"],
        ["settings.p256dh", "required"],
        ["settings.auth", "required"],
      ],
    ],
    ["an empty identifier", { identifier: "", settings }, [["identifier", "required"]]],
    ["another identifier than its endpoint", { identifier: "my-phone", settings }, [["identifier", "identifier_differs"]]],
    [
      "a host of its own",
      { identifier: "https://evil.example/x", settings: { ...settings, endpoint: "https://evil.example/x" } },
      [["settings.endpoint", "push_host"]],
    ],
    [
      "http",
      { identifier: "http://fcm.googleapis.com/x", settings: { ...settings, endpoint: "http://fcm.googleapis.com/x" } },
      [["settings.endpoint", "push_https"]],
    ],
    ["the mask for its secret", { identifier, settings: { ...settings, auth: "******" } }, [["settings.auth", "push_auth"]]],
    ["a key off the curve", { identifier, settings: { ...settings, p256dh: "BOxxx..." } }, [["settings.p256dh", "push_p256dh"]]],
  ])("R40: %s", async (_, body, expected) => {
    const { status, code, details } = await refusal(await post({ body }));
    expect([status, code]).toEqual([422, "validation_failed"]);
    expect(details.fields?.map(({ field, reason }) => [field, reason])).toEqual(expected);
    for (const { message } of details.fields ?? []) expect(message).toMatch(/^(?:[A-Z].*\.|can't be blank)$/);
  });

  test.each(REFUSED_BODIES)("R42: %s", async (name, body, contentType, status) => {
    const send = (await load("app/(dialects)/(notiflows)/user/v1/channels/[channel_id]/subscriptions/route.ts"))["POST"] as (
      request: Request,
      args: object,
    ) => Promise<Response>;
    const request = new Request(`${env().appOrigin}/user/v1/channels/${app.channelId}/subscriptions`, {
      method: "POST",
      headers: { "content-type": contentType, "x-notiflows-api-key": app.apiKey, "x-notiflows-user-key": userToken(app.signing, "user-1") },
      body,
    });
    const answer = await refusal(await send(request, { params: Promise.resolve({ channel_id: app.channelId }) }));
    const shaped = name === "a list" || name === "null";
    expect(answer.status).toBe(status === 422 && !shaped ? 400 : status);
    if (answer.status === 400) expect(answer).toMatchObject({ code: "bad_request", details: { reason: "invalid_json" } });
  });

  test("R42: a DELETE without a body, and identifiers that are none", async () => {
    expect((await callNotiflows(app, "DELETE")).status).toBe(415);
    for (const body of [{}, { identifier: 7 }, { identifier: "" }, { identifier: "x".repeat(2049) }]) {
      expect(await refusal(await callNotiflows(app, "DELETE", { body }))).toMatchObject({ status: 422, code: "validation_failed" });
    }
  });

  test("R59: wrong methods and unknown paths take the same shape", async () => {
    expect(await refusal(await callNotiflows(app, "PATCH", { body: {} }))).toMatchObject({ status: 405, code: "method_not_allowed" });
    const wrong = await callNotiflows(app, "POST", { part: "settings", body: {} });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, HEAD, PUT, DELETE, OPTIONS"]);
    const nowhere = await unknownProgramPath(notiflows).GET(new Request(`${env().appOrigin}/user/v1/nothing`), {
      params: Promise.resolve({}),
    });
    expect(await refusal(nowhere)).toEqual({ status: 404, code: "not_found", details: { resource: "route" } });
  });
});

describe("how often", () => {
  test("R33: a user's own pace, with the vendor's error; other users of the same key go on", async () => {
    env().limits.requestsPerCredential = { perMinute: 60, burst: 3 };
    const answers = await Promise.all(Array.from({ length: 8 }, () => callNotiflows(app, "GET", { user: "hasty" })));
    const [late] = answers.filter(({ status }) => status === 429);
    expect(late?.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await refusal(late ?? Response.error())).toMatchObject({
      code: "rate_limited",
      details: { limit: 60, window: "1m", retry_after: expect.any(Number) },
    });
    const calm = await callNotiflows(app, "GET", { user: "calm" });
    expect([calm.status, calm.headers.get("ratelimit-limit")]).toEqual([200, expect.stringMatching(/^\d+$/)]);
  });

  test("R54: a key replays the answer, another body is refused, and another user's same key is another one", async () => {
    const body = browserSubscription();
    const headers = { "idempotency-key": "once" };
    const first = await post({ body, headers });
    const again = await post({ body, headers });
    expect([first.status, again.status, again.headers.get("idempotency-replay")]).toEqual([201, 201, "true"]);
    expect(await again.text()).toBe(await first.text());
    expect(await refusal(await post({ headers }))).toMatchObject({ status: 422, details: { idempotency_key: "once" } });
    const stranger = await post({ body, headers, user: "user-2" });
    expect([stranger.status, stranger.headers.get("idempotency-replay")]).toEqual([201, null]);
  });

  test("R54: 200 at once with one key make one row", async () => {
    const body = browserSubscription();
    const answers = await Promise.all(Array.from({ length: 200 }, () => post({ body, headers: { "idempotency-key": "many" } })));
    const codes = new Set(answers.map(({ status }) => status));
    expect([...codes].every((status) => status === 201 || status === 409)).toBe(true);
    expect(answers.filter((answer) => answer.status === 201 && !answer.headers.has("idempotency-replay"))).toHaveLength(1);
    const waiting = answers.find(({ status }) => status === 409);
    if (waiting) expect(await refusal(waiting)).toMatchObject({ code: "conflict", details: { idempotency_key: "many" } });
    expect(await asAdmin("SELECT 1 FROM subscription WHERE institution_id = $1", [app.institutionId])).toHaveLength(1);
  });
});
