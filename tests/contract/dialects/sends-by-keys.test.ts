import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { makeInstitution, makeMember, makeSubscriber } from "@/tests/support/institution";
import { callProgram, makeKey } from "@/tests/support/programs";

test("R25: an institution's keys together send so many verification messages a day, from wherever they ask", async () => {
  Object.assign(env().limits, { sendsByKeysPerInstitutionDay: { max: 3, windowSec: 86_400 } });
  const institutionId = await makeInstitution();
  const subscriberId = await makeSubscriber(institutionId);
  let asked = 0;
  const add = async (key: string, who = subscriberId) => {
    asked += 1;
    const body = { type: "email", label: "Work", config: { email: `desk-${asked}@example.org` }, subscriberId: who, verify: true };
    const headers = { "x-api-key": key, "x-forwarded-for": `198.51.100.${asked}` };
    const answer = await callProgram({
      file: "api/v1/contact-points/route.ts",
      method: "POST",
      path: "/api/v1/contact-points",
      headers,
      body,
    });
    return [answer.status, ((await answer.json()) as { reason?: string }).reason];
  };
  const [one, other] = [await makeKey(institutionId), await makeKey(institutionId)];
  for (const { key } of [one, other, one]) expect(await add(key)).toEqual([201, undefined]);
  expect(await add(other.key)).toEqual([429, "sendsByKeys"]);
  const elsewhere = await makeInstitution();
  expect(await add((await makeKey(elsewhere)).key, await makeSubscriber(elsewhere))).toEqual([201, undefined]);
  const { actor } = await makeMember(institutionId, "admin");
  expect(await add((await makeKey(institutionId, { userId: actor.userId })).key)).toEqual([201, undefined]);
});
