import { beforeEach, describe, expect, test } from "vitest";
import { GET, HEAD, POST } from "@/app/hooks/[provider]/[integrationId]/route";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { getContactPointHistory } from "@/lib/services/contact-points/history";
import { listOptOuts } from "@/lib/services/numbers/list-opt-outs";
import { registerNumber } from "@/lib/services/numbers/register";
import { duplicateSender } from "@/lib/services/senders/duplicate";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { atEnd } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint } from "@/tests/support/outbox";
import { textAccount } from "@/tests/support/text-account";
import type { Person } from "@/tests/support/two-institutions";
import { type FakeTwilio, signLikeTwilio, startTwilio } from "@/tests/support/vendors/twilio";
import { startVonage } from "@/tests/support/vendors/vonage";

const OWN = "+815012345678";
const PERSON = "+819012345678";

let admin: Person;
let institutionId: string;
let integrationId: string;
let pointId: string;
let twilio: FakeTwilio;

beforeEach(async () => {
  twilio = await startTwilio();
  atEnd(() => twilio.api.stop());
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  integrationId = await textAccount(institutionId, "twilio", twilio.config);
  await registerNumber(admin, { integrationId, number: OWN });
  pointId = await deliverablePoint(institutionId, admin.actor.subscriberId, PERSON, "sms");
});

const hook = (provider: string, id: string) => `${env().appOrigin}/hooks/${provider}/${id}`;
const deliver = (request: Request, provider = "twilio", id = integrationId) =>
  POST(request, { params: Promise.resolve({ provider, integrationId: id }) });
const texted = (text: string, more: { from?: string; to?: string; sid?: string } = {}) =>
  deliver(twilio.inbound(hook("twilio", integrationId), { from: PERSON, to: OWN, text, ...more }));
const optOuts = () => asAdmin("SELECT number, word FROM sms_opt_out WHERE institution_id = $1", [institutionId]);

/** Everything that tells one answer from another. */
async function shown(response: Response): Promise<unknown> {
  return { status: response.status, body: await response.text(), headers: [...response.headers] };
}

describe("a text that comes in", () => {
  test("STOP ends the texts of that sender to that number at once, and START lets them come again", async () => {
    expect((await texted("Stop.")).status).toBe(204);
    expect(await optOuts()).toEqual([{ number: PERSON, word: "STOP" }]);
    expect(await listOptOuts(admin, { contactPointId: pointId })).toMatchObject([{ senderName: "+81 50 1234 5678", word: "STOP" }]);
    expect((await texted("stop")).status).toBe(204);
    expect((await texted("START")).status).toBe(204);
    expect(await optOuts()).toEqual([]);
    const { entries } = await getContactPointHistory(admin, { contactPointId: pointId });
    expect(entries.map(({ action, actor }) => [action, actor.kind])).toEqual([
      ["contact_point.opted_in", "link"],
      ["contact_point.opted_out", "link"],
    ]);
  });

  test("a word of somebody who is no contact point counts too, and is audited at the sender", async () => {
    await texted("配信停止", { from: "+84912345678" });
    expect(await optOuts()).toEqual([{ number: "+84912345678", word: "配信停止" }]);
    expect(
      await asAdmin("SELECT object_type FROM audit_event WHERE institution_id = $1 AND action = 'contact_point.opted_out'", [
        institutionId,
      ]),
    ).toEqual([{ object_type: "sender" }]);
  });

  test("STOP and START are said to a number, whatever accounts its senders stand on", async () => {
    const [first] = await asAdmin<{ id: string }>("SELECT id FROM sender WHERE institution_id = $1", [institutionId]);
    await duplicateSender(admin, { senderId: first?.id, name: "Copy" });
    await texted("STOP");
    expect(await listOptOuts(admin, { contactPointId: pointId })).toHaveLength(2);
    await texted("START");
    expect(await optOuts()).toEqual([]);
  });

  test("any other text, and one to a number that is nobody's here, changes nothing", async () => {
    for (const request of [texted("Please stop by at noon"), texted("STOP", { to: "+815099999999" })]) {
      expect((await request).status).toBe(204);
    }
    expect(await optOuts()).toEqual([]);
  });

  test("what a provider repeats counts once", async () => {
    await texted("STOP", { sid: "SM1" });
    await texted("START");
    await texted("STOP", { sid: "SM1" });
    expect(await optOuts()).toEqual([]);
  });

  test("what is repeated after midnight does not undo what was said since", async () => {
    const midnight = "date_bin('1 day', now(), 'epoch')";
    await texted("STOP", { sid: "SM0" });
    await texted("START", { sid: "SM1" });
    // as if that had been shortly before midnight, and now were after it
    await asAdmin(`UPDATE rate_bucket SET win = win - (now() - ${midnight}) - interval '2 minutes' WHERE key LIKE 'sms:in:%'`);
    await texted("STOP", { sid: "SM2" });
    await texted("START", { sid: "SM1" });
    expect(await optOuts()).toEqual([{ number: PERSON, word: "STOP" }]);
  });

  test("what a provider sends ten times at once counts once", async () => {
    await Promise.all(Array.from({ length: 10 }, () => texted("STOP", { sid: "SM1" })));
    expect(
      await asAdmin("SELECT 1 FROM audit_event WHERE institution_id = $1 AND action = 'contact_point.opted_out'", [institutionId]),
    ).toHaveLength(1);
  });

  test("an account that sends texts as addresses is understood, or refused so that it is seen; a bare probe is not", async () => {
    const vonage = await startVonage("sha256");
    atEnd(() => vonage.api.stop());
    const id = await textAccount(institutionId, "vonage", vonage.config);
    await registerNumber(admin, { integrationId: id, number: "+815011112222" });
    const get = (url: string, provider = "vonage", at = id) =>
      GET(new Request(url), { params: Promise.resolve({ provider, integrationId: at }) }).then(({ status }) => status);
    const signed = vonage.inbound(hook("vonage", id), { from: PERSON, to: "+815011112222", text: "STOP" }, "query").url;
    expect(await get(signed.replace("STOP", "START"))).toBe(404);
    expect(await get(signed.replace(/sig=[^&]*/, ""))).toBe(404);
    expect(HEAD().status).toBe(200);
    expect(await optOuts()).toEqual([]);
    expect(await get(signed)).toBe(204);
    expect(await optOuts()).toEqual([{ number: PERSON, word: "STOP" }]);
    expect(await get(`${hook("twilio", integrationId)}?From=%2B1&Body=STOP`, "twilio", integrationId)).toBe(404);
    for (const url of [hook("vonage", id), hook("vonage", newId()), `${hook("vonage", id)}?probe=1`]) expect(await get(url)).toBe(200);
  });

  test.each(["sha256", "sha512", "jwt"] as const)("Vonage's texts are read by their %s signature", async (method) => {
    const vonage = await startVonage(method);
    atEnd(() => vonage.api.stop());
    const id = await textAccount(institutionId, "vonage", vonage.config);
    await registerNumber(admin, { integrationId: id, number: "+815011112222" });
    const text = { from: PERSON, to: "+815011112222", text: "STOP" };
    const tampered = vonage.inbound(hook("vonage", id), text);
    const body = (await tampered.text()).replace("STOP", "START");
    const forged = new Request(tampered.url, { method: "POST", headers: tampered.headers, body });
    expect((await deliver(forged, "vonage", id)).status).toBe(404);
    expect((await deliver(vonage.inbound(hook("vonage", id), text), "vonage", id)).status).toBe(204);
    expect(await optOuts()).toEqual([{ number: PERSON, word: "STOP" }]);
  });
});

test("a forged text, another's account and an unknown one are answered alike and change nothing", async () => {
  const foreign = await makeInstitution();
  const theirs = await startTwilio();
  atEnd(() => theirs.api.stop());
  const theirId = await textAccount(foreign, "twilio", theirs.config);
  const text = { from: PERSON, to: OWN, text: "STOP" };
  const url = hook("twilio", integrationId);
  const genuine = () => twilio.inbound(url, text);
  const fields = { AccountSid: twilio.config.accountSid, Body: "STOP", From: PERSON, MessageSid: "SM9", To: OWN };
  const signed = (given: object, signature: string | null, at = url) =>
    new Request(at, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...(signature === null ? {} : { "x-twilio-signature": signature }) },
      body: new URLSearchParams({ ...given }),
    });
  const right = signLikeTwilio(twilio.config.authToken, url, fields);
  const answers = await Promise.all(
    [
      deliver(signed(fields, null)),
      deliver(signed(fields, "")),
      deliver(signed(fields, right.slice(0, -4))),
      deliver(signed({ ...fields, Body: "START" }, right)),
      deliver(signed({ ...fields, From: "+819000000000" }, right)),
      deliver(signed(fields, signLikeTwilio(theirs.config.authToken, url, fields))),
      deliver(theirs.inbound(url, text)),
      deliver(theirs.inbound(hook("twilio", theirId), text)),
      deliver(genuine(), "twilio", theirId),
      deliver(genuine(), "twilio", newId()),
      deliver(genuine(), "twilio", "not-an-id"),
      deliver(genuine(), "vonage", integrationId),
      deliver(genuine(), "smtp", integrationId),
      deliver(signed({ ...fields, Body: "STOP".repeat(20_000) }, right)),
    ].map(async (answer) => shown(await answer)),
  );
  for (const answer of answers) {
    expect(answer).toEqual({ status: 404, body: "", headers: [] });
  }
  expect(await optOuts()).toEqual([]);
  expect(await asAdmin("SELECT 1 FROM sms_opt_out WHERE institution_id = $1", [foreign])).toEqual([]);
  expect((await deliver(genuine())).status).toBe(204);
});
