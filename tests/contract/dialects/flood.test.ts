import { beforeEach, expect, test } from "vitest";
import { env } from "@/lib/env";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { takePace } from "@/lib/services/limits/pace";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { queriesOf } from "@/tests/support/queries";

const [ALLOWED, SENT] = [3, 60];

let institutionId: string;
let key: string;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 1, burst: ALLOWED };
  institutionId = await makeInstitution();
  ({ key } = await makeKey(institutionId, { scopes: ["keys:read"] }));
});

const ask = () => callProgram({ file: "api/v1/keys/route.ts", method: "GET", path: "/api/v1/keys", headers: { "x-api-key": key } });
const counted = (sql: string) => asAdmin<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, [institutionId]).then(([row]) => row?.n);

test("R33, R66: whoever is refused for their pace fills neither the audit log nor the request log", async () => {
  const answers = await Promise.all(Array.from({ length: SENT }, ask));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(SENT - ALLOWED);
  await flushApiRequests();
  expect(await counted("audit_event WHERE institution_id = $1 AND action = 'excess_rate_limit_exceeded'")).toBe(1);
  expect(await counted("api_request WHERE institution_id = $1 AND status = 429")).toBe(1);
  expect(await counted("api_request WHERE institution_id = $1 AND status = 200")).toBe(ALLOWED);
});

test("R33: a refusal is known for as long as it lasts, and asks the database no more", async () => {
  const pace = `credential:${institutionId}`;
  for (let at = 0; at <= ALLOWED; at += 1) await takePace(pace);
  let allowed = 0;
  const asked = await queriesOf(async () => {
    for (let at = 0; at < SENT; at += 1) allowed += (await takePace(pace)).allowed ? 1 : 0;
  });
  expect(allowed).toBe(0);
  expect(asked).toBeLessThan(SENT / 10);
});
