import { beforeEach, expect, test } from "vitest";
import { env } from "@/lib/env";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { captureLog } from "@/tests/support/captured-log";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { load } from "@/tests/support/site";

const FILE = "api/v1/subscribers/route.ts";
const PATH = "/api/v1/subscribers";

let institutionId: string;
let headers: Record<string, string>;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  institutionId = await makeInstitution();
  const { key } = await makeKey(institutionId, { scopes: ["subscribers:write"] });
  headers = { "x-api-key": key, "idempotency-key": "once", "content-type": "application/json" };
});

/** A body whose sender is gone after its first characters. */
function cutBody(): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from('{"external'));
      controller.error(new Error("aborted"));
    },
  });
}

test("R42: a client that goes away in the middle of its body leaves no error of ours behind", async () => {
  const log = captureLog();
  const { POST } = (await load(`app/${FILE}`)) as unknown as { POST: (request: Request, args: object) => Promise<Response> };
  const init = { method: "POST", headers, body: cutBody(), duplex: "half" };
  expect((await POST(new Request(`http://localhost:3000${PATH}`, init), { params: Promise.resolve({}) })).status).toBe(400);
  expect(log()).not.toContain("request failed");
  await flushApiRequests();
  const lines = await asAdmin("SELECT status, error FROM api_request WHERE institution_id = $1", [institutionId]);
  expect(lines).toEqual([{ status: 400, error: "bad_request: json" }]);
});

test("R54: and its Idempotency-Key free for the whole request", async () => {
  const { POST } = (await load(`app/${FILE}`)) as unknown as { POST: (request: Request, args: object) => Promise<Response> };
  const init = { method: "POST", headers, body: cutBody(), duplex: "half" };
  await POST(new Request(`http://localhost:3000${PATH}`, init), { params: Promise.resolve({}) });
  const whole = await callProgram({ file: FILE, method: "POST", path: PATH, headers, body: { externalId: "patient-1" } });
  expect([whole.status, whole.headers.get("idempotency-replay")]).toEqual([201, null]);
});
