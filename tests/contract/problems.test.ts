import { beforeAll, describe, expect, test } from "vitest";
import { ERROR_CODES, type ErrorCode } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { LOCALES } from "@/lib/i18n/locales";
import { post } from "@/tests/support/action-calls";
import { makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import { callRoute, type Problem, problemOf, type RouteCall } from "@/tests/support/route-calls";
import { furnish, type Institution } from "@/tests/support/two-institutions";

// the discard port: nothing answers there
process.env.REACHABLE_CATCHER = JSON.stringify({ url: "http://127.0.0.1:9", token: "a token of more than twenty" });

const POINT = "app/api/v1/contact-points/[contactPointId]/route.ts";
const POINTS = "app/api/v1/contact-points/route.ts";
const TESTS = "app/api/v1/contact-points/[contactPointId]/tests/route.ts";
const ACTIONS = "app/(console)/contact-points/actions.ts";
const SUBSCRIBERS = "app/(console)/subscribers/actions.ts";

let given: Institution;

beforeAll(async () => {
  given = await furnish();
});

interface Way {
  route: () => RouteCall | Promise<RouteCall>;
  /** The same through a form, where a form can fail so. */
  action?: [string, () => Record<string, string>];
  signedOut?: true;
}

const point = (more: object = {}) => ({ params: { contactPointId: given.ids.contactPointId }, ...more });
const form = (more: Record<string, string> = {}) => ({ contactPointId: given.ids.contactPointId, ...more });

/** How each expected failure is brought about, by both ways in. */
const WAYS: Record<Exclude<ErrorCode, "provider_failed">, Way> = {
  validation: {
    route: () => ({ file: POINT, method: "PATCH", ...point({ body: { label: "" } }) }),
    action: [`${ACTIONS}#renameAction`, () => form({ label: "" })],
  },
  unauthenticated: {
    route: () => ({ file: POINT, method: "PATCH", ...point({ body: { label: "New" } }) }),
    action: [`${ACTIONS}#renameAction`, () => form({ label: "New" })],
    signedOut: true,
  },
  forbidden: {
    route: async () => ({ file: "app/api/v1/subscribers/route.ts", method: "POST", as: await plain(), body: { externalId: "one" } }),
    action: [`${SUBSCRIBERS}#createSubscriberAction`, () => ({ externalId: "one" })],
  },
  not_found: {
    route: () => ({ file: POINT, method: "PATCH", params: { contactPointId: given.ids.deletedId }, body: { label: "New" } }),
    action: [`${ACTIONS}#renameAction`, () => ({ contactPointId: given.ids.deletedId, label: "New" })],
  },
  conflict: {
    route: () => ({ file: POINTS, method: "POST", body: { type: "in_app", label: "Two", config: {} } }),
    action: [`${ACTIONS}#addContactPointAction`, () => ({ type: "in_app", label: "Two" })],
  },
  precondition_failed: {
    route: () => ({ file: TESTS, method: "POST", params: { contactPointId: given.ids.unprovenId }, body: {} }),
    action: [`${ACTIONS}#sendTestAction`, () => ({ contactPointId: given.ids.unprovenId })],
  },
  verification_failed: {
    route: () => ({
      file: "app/api/v1/contact-points/[contactPointId]/verification/code/route.ts",
      method: "POST",
      params: { contactPointId: given.ids.unprovenId },
      body: { code: "000000" },
    }),
    action: [`${ACTIONS}#submitCodeAction`, () => ({ contactPointId: given.ids.unprovenId, code: "000000" })],
  },
  rate_limited: {
    route: () => ({ file: TESTS, method: "POST", ...point({ body: {} }) }),
    action: [`${ACTIONS}#sendTestAction`, () => form()],
  },
  limit_exceeded: {
    route: async () => ({ file: POINTS, method: "POST", as: await hoarder(), body: { type: "in_app", label: "More", config: {} } }),
    action: [`${ACTIONS}#addContactPointAction`, () => ({ type: "in_app", label: "More" })],
  },
  idempotency_mismatch: { route: async () => ({ ...(await sentBefore("mismatch")), body: { label: "Another" } }), signedOut: true },
  idempotency_in_progress: {
    route: async () => {
      const again = await sentBefore("running");
      // as if the first were not through yet
      await asAdmin(
        "UPDATE idempotency SET state = 'pending', status = NULL, answer = NULL, locked_until = now() + interval '1 minute' WHERE key = 'running'",
      );
      return again;
    },
    signedOut: true,
  },
  unsupported_media_type: {
    route: () => ({ file: POINT, method: "PATCH", ...point({ body: "label=New", headers: { ...HERE, "content-type": "text/plain" } }) }),
  },
  too_large: { route: () => ({ file: POINT, method: "PATCH", ...point({ body: { label: "x".repeat(65_536) } }) }) },
  bad_request: { route: () => ({ file: POINT, method: "PATCH", ...point({ body: "{" }) }) },
  method_not_allowed: { route: () => ({ file: POINT, method: "PUT", ...point({ body: {} }) }) },
  unavailable: {
    route: () => ({ file: "app/(console)/catcher/mail/[caughtId]/html/route.ts", method: "GET", params: { caughtId: "mail-1" } }),
  },
  internal: {
    route: () => ({ file: POINT, method: "PATCH", ...point({ body: { label: "New" } }) }),
    action: [`${ACTIONS}#renameAction`, () => form({ label: "New" })],
  },
};

const HERE = { "sec-fetch-site": "same-origin" };

describe.each(Object.entries(WAYS) as Array<[ErrorCode, Way]>)("%s", (code, way) => {
  test("R55: the answer is a problem of that code, and says nothing of how we are built", async () => {
    const call = await way.route();
    const response = await broken(code, () => callRoute({ as: way.signedOut ? undefined : given.people.owner, ...call }));
    await expectProblem(response, code);
  });

  test("R55: a form that fails so is told the same code", async () => {
    if (!way.action) {
      // only the shape of a request can fail so, or its key, and a form has neither
      const shapes = ["unsupported_media_type", "too_large", "bad_request", "method_not_allowed", "unavailable"];
      expect([...shapes, "idempotency_mismatch", "idempotency_in_progress"]).toContain(code);
      return;
    }
    const [key, values] = way.action;
    const { as } = await way.route();
    const browser = way.signedOut ? {} : { as: as ?? given.people.owner };
    const posted = await broken(code, () => post(key, browser, values()));
    expect(posted.code).toBe(code);
    expect(posted.state).toMatchObject({
      status: "error",
      message: expect.stringMatching(/\S/),
      requestId: expect.stringMatching(REQUEST_ID),
    });
  });
});

test.each(LOCALES)("R55: titles and details are said in the language asked for: %s", async (locale) => {
  const response = await callRoute({
    file: POINT,
    method: "PATCH",
    ...point({ body: {}, headers: { ...HERE, "accept-language": locale } }),
  });
  const english = await problemOf(await callRoute({ file: POINT, method: "PATCH", ...point({ body: {} }) }));
  expect(response.headers.get("content-language")).toBe(locale);
  const { title, detail } = await problemOf(response);
  expect([title === english.title, detail === english.detail]).toEqual([locale === "en", locale === "en"]);
});

test("R55: a refused field is named by its pointer", async () => {
  const call = { file: POINTS, method: "POST", as: given.people.owner, body: { type: "email", label: "", config: { email: "nobody" } } };
  expect((await problemOf(await callRoute(call))).errors).toEqual([{ pointer: "/label", code: "required", detail: "Fill this in." }]);
  const config = { ...call, body: { ...call.body, label: "Desk" } };
  expect((await problemOf(await callRoute(config))).errors).toEqual([
    expect.objectContaining({ pointer: "/config/email", code: "email_at_missing" }),
  ]);
});

test("R55: how long to wait is said in a header", async () => {
  const response = await callRoute({ file: TESTS, method: "POST", as: given.people.owner, ...point({ body: {} }) });
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(response.headers.get("retry-after"))).toBeLessThanOrEqual(60);
});

const REQUEST_ID = /^req_[0-9a-f]{16}$/;
const OURS_ALONE = /\bat \S+ \(|\/work\/|node_modules|\b(?:select|insert|update|relation|prisma|postgres)\b|P20\d\d|127\.0\.0\.1|Error:/i;

async function expectProblem(response: Response, code: ErrorCode): Promise<void> {
  const { status } = ERROR_CODES[code];
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(text).not.toMatch(OURS_ALONE);
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({
    type: `urn:reachable:problem:${code}`,
    status,
    code,
    title: expect.stringMatching(/\S/),
    detail: expect.stringMatching(/\S/),
  });
  expect(problem.request_id).toMatch(REQUEST_ID);
  expect(problem.instance).toBe(`urn:reachable:request:${problem.request_id}`);
  const known = ["type", "title", "status", "detail", "instance", "code", "reason", "request_id", "errors"];
  expect(Object.keys(problem).filter((key) => !known.includes(key))).toEqual([]);
}

/** Only a fault of ours is `internal`: a table that is not there. */
async function broken<T>(code: ErrorCode, work: () => Promise<T>): Promise<T> {
  if (code !== "internal") {
    return work();
  }
  const { level } = logger;
  logger.level = "silent";
  await asAdmin("ALTER TABLE contact_point RENAME TO elsewhere");
  try {
    return await work();
  } finally {
    await asAdmin("ALTER TABLE elsewhere RENAME TO contact_point");
    logger.level = level;
  }
}

/** A request of a program that went through once, to be sent again with its key. */
async function sentBefore(idempotencyKey: string): Promise<RouteCall> {
  const { key } = await makeKey(given.ids.institutionId, { userId: given.people.owner.actor.userId });
  const headers = { "x-api-key": key, "idempotency-key": idempotencyKey };
  const call = { file: POINT, method: "PATCH", ...point({ body: { label: "Once" }, headers }) };
  expect((await callRoute(call)).status).toBe(200);
  return call;
}

const plain = async () => given.people.member;

/** Somebody who has as many contact points as anybody may. */
async function hoarder() {
  const person = await makeMember(given.ids.institutionId);
  await asAdmin(
    `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address)
     SELECT $1, gen_random_uuid(), $2, 'email', 'Desk', '{}', 'n' || n || '@inside.example' FROM generate_series(1, 20) n`,
    [given.ids.institutionId, person.actor.subscriberId],
  );
  return person;
}
