import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { inInstitution } from "@/lib/db/unit-of-work";
import { changeAddress } from "@/lib/services/contact-points/change-address";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { sendTest } from "@/lib/services/contact-points/send-test";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { createSender } from "@/lib/services/senders/create";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { countPrefix } from "@/lib/services/sms-spending/count-prefix";
import { getSpending } from "@/lib/services/sms-spending/get-spending";
import { updateSpending } from "@/lib/services/sms-spending/update-spending";
import { getVerificationStatus } from "@/lib/services/verifications/status";
import { submitCode } from "@/lib/services/verifications/submit-code";
import { makeInstitution, makeMember, makeSubscriber, waitingVerification } from "@/tests/support/institution";
import { atEnd } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint, outletsTo, workOff } from "@/tests/support/outbox";
import { DE, furnished, JP, refusalOf, sendAll, tally, text, VN } from "@/tests/support/texts";

describe("an institution's texts", () => {
  test("R26: of 150 at once exactly 100 leave in an hour, over all countries", async () => {
    const { institutionId, admin } = await furnished();
    for (const allow of ["VN", "DE"]) {
      await updateSpending(admin, { allow });
    }
    const calls = Array.from({ length: 150 }, (_, n) => text(institutionId, [JP, VN, DE][n % 3]?.(n) ?? ""));
    expect(await tally(calls)).toEqual({ queued: 100, textsPerHour: 50 });
    expect((await getSpending(admin, {})).limits).toContainEqual({ id: "hour", used: 100, max: 100 });
  });

  test("R26: a thousand leave in a day", async () => {
    const { institutionId } = await furnished();
    await asAdmin("INSERT INTO rate_bucket (key, win, hits) VALUES ($1, date_bin('86400 seconds', now(), 'epoch'), 998)", [
      `sms:d:${institutionId}`,
    ]);
    expect(await tally(Array.from({ length: 20 }, (_, n) => text(institutionId, JP(n))))).toEqual({ queued: 2, textsPerDay: 18 });
  });

  test("R27: of 80 at once exactly 50 leave to one dial code in a day, and others go on", async () => {
    const { institutionId, admin } = await furnished({ allow: "VN" });
    expect(await tally(Array.from({ length: 80 }, (_, n) => text(institutionId, JP(n))))).toEqual({ queued: 50, textsPerDialCode: 30 });
    expect(await text(institutionId, VN(1))).toBe("queued");
    expect((await getSpending(admin, {})).perDialCode).toEqual([]);
  });

  test("R27: without a word of an admin texts go to the institution's own country alone", async () => {
    const { institutionId, admin } = await furnished();
    const add = (phone_number: string, verify = false) =>
      createContactPoint(admin, { type: "sms", label: "Phone", config: { phone_number }, verify });
    for (const verify of [false, true]) {
      expect((await refusalOf(admin, add(VN(1), verify))).fields).toEqual([
        { path: "config.phone_number", code: "sms_country_not_allowed" },
      ]);
    }
    const own = await add(JP(1));
    const change = changeAddress(admin, { contactPointId: own.id, config: { phone_number: "+12025550123" } });
    expect((await refusalOf(admin, change)).fields).toEqual([{ path: "config.phone_number", code: "sms_country_not_allowed" }]);
    await updateSpending(admin, { allow: "VN" });
    await add(VN(1));
    await updateSpending(admin, { forbid: "VN" });
    expect(await text(institutionId, VN(2))).toBe("textCountry");
    expect(await text(institutionId, "+18765551234")).toBe("textCountry");
    expect((await refusalOf(admin, updateSpending(admin, { forbid: "JP" }))).reason).toBe("lastCountry");
  });

  test("R28: ten texts an hour go to numbers that differ in their last four digits; the rest look sent and are not", async () => {
    const { institutionId, admin } = await furnished();
    const points: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      const owner = await makeMember(institutionId);
      const point = await createContactPoint(owner, {
        type: "sms",
        label: "Phone",
        config: { phone_number: `+8190777712${10 + n}` },
        verify: true,
      });
      points.push(point.id);
      expect(await getVerificationStatus(owner, { contactPointId: point.id })).toMatchObject({
        state: "waiting",
        message: { state: "queued" },
      });
    }
    const rows = await asAdmin<{ state: string }>(
      "SELECT state FROM message WHERE contact_point_id = ANY($1) AND kind = 'verification' ORDER BY created_at",
      [points],
    );
    expect(rows.map(({ state }) => state)).toEqual([...Array<string>(10).fill("queued"), "suppressed", "suppressed"]);
    expect((await getSpending(admin, {})).lines).toMatchObject([{ country: "JP", held: 2, heldReasons: { prefix: 2 } }]);
  });

  test("R28: a code that proves a sender counts among them", async () => {
    const { institutionId, admin } = await furnished();
    await deliverablePoint(institutionId, admin.actor.subscriberId, "+819077771234", "sms");
    const config = { accountSid: `AC${"1".repeat(32)}`, authToken: "x" };
    const { id: senderId } = await createSender(admin, { name: "Texts", provider: "twilio", config, fromNumber: "+815012345678" });
    for (let n = 0; n < 10; n += 1) await inInstitution(institutionId, (tx) => countPrefix(institutionId, `+81907777999${n}`, tx));
    await startSenderVerification(admin, { senderId });
    expect(await asAdmin("SELECT state FROM message WHERE sender_id = $1", [senderId])).toEqual([{ state: "suppressed" }]);
    expect((await getSpending(admin, {})).lines).toMatchObject([{ country: "JP", held: 1, heldReasons: { prefix: 1 } }]);
  });

  test("R28, R16: what other institutions send to a prefix holds a text back, and shows nowhere", async () => {
    const { admin } = await furnished();
    for (let n = 0; n < 10; n += 1) {
      const other = await makeMember(await makeInstitution());
      await createContactPoint(other, { type: "sms", label: "Phone", config: { phone_number: `+8190666612${10 + n}` }, verify: true });
    }
    const point = await createContactPoint(admin, { type: "sms", label: "Phone", config: { phone_number: "+819066661299" }, verify: true });
    expect(await asAdmin("SELECT state FROM message WHERE contact_point_id = $1 AND kind = 'verification'", [point.id])).toEqual([
      { state: "suppressed" },
    ]);
    expect((await getSpending(admin, {})).lines).toEqual([]);
  });

  test("R16: where the institution's limits end, a suppressed text is refused like every other", async () => {
    const { institutionId } = await furnished({ monthlyBudget: "0", prices: { "*": "0.05" } });
    const ask = (suppressed: boolean) =>
      inInstitution(institutionId, (tx) =>
        enqueueMessage(tx, {
          institutionId,
          kind: "test",
          type: "sms",
          maskedAddress: "+81******00",
          locale: "en",
          suppressed,
          payload: { kind: "test", to: JP(1), institutionName: "Lakeside Clinic", label: "Phone", at: new Date().toISOString() },
        }),
      );
    await expect(ask(false)).rejects.toMatchObject({ reason: "textBudget" });
    await expect(ask(true)).rejects.toMatchObject({ reason: "textBudget" });
  });
});

describe("the budget", () => {
  test("R26: of 45 at once exactly as many leave as it pays for, and none after them", async () => {
    const { institutionId } = await furnished({ monthlyBudget: "1", prices: { "*": "0.9", JP: "0.03" } });
    expect(await tally(Array.from({ length: 45 }, (_, n) => text(institutionId, JP(n))))).toEqual({ queued: 33, textBudget: 12 });
    await sendAll(institutionId);
    expect(await text(institutionId, JP(99))).toBe("textBudget");
  });

  test("R26: its admins are told once a month when most of it is used, by inbox and mail", async () => {
    const { institutionId, admin } = await furnished({ monthlyBudget: "1", prices: { "*": "0.1" } });
    await makeMember(institutionId);
    const told = () =>
      asAdmin(
        "SELECT (SELECT count(*)::int FROM inbox_item WHERE institution_id = $1 AND kind = 'budget_alert') AS lines, (SELECT count(*)::int FROM message WHERE institution_id = $1 AND kind = 'budget_alert') AS mails",
        [institutionId],
      );
    for (let n = 0; n < 7; n += 1) {
      await text(institutionId, JP(n));
    }
    await sendAll(institutionId);
    expect(await told()).toEqual([{ lines: 0, mails: 0 }]);
    await text(institutionId, JP(8));
    await sendAll(institutionId);
    await text(institutionId, JP(9));
    await sendAll(institutionId);
    expect(await told()).toEqual([{ lines: 1, mails: 1 }]);
    expect(await getSpending(admin, {})).toMatchObject({ budget: { used: "0.9", percent: 90 }, total: { sent: 9, cost: "0.9" } });
  });

  test("R26: a text that was not sent gives its price back", async () => {
    const { institutionId } = await furnished({ monthlyBudget: "0.1", prices: { "*": "0.1" } });
    expect(await text(institutionId, JP(1))).toBe("queued");
    expect(await text(institutionId, JP(2))).toBe("textBudget");
    await asAdmin("UPDATE message SET state = 'refused', payload = NULL WHERE institution_id = $1", [institutionId]);
    expect(await text(institutionId, JP(3))).toBe("queued");
  });

  test("a budget asks for a price of every other country", async () => {
    const { admin } = await furnished();
    const refused = await refusalOf(admin, updateSpending(admin, { monthlyBudget: "10", prices: { JP: "0.1" } }));
    expect(refused.fields).toEqual([{ path: "prices.*", code: "price_missing" }]);
  });
});

describe("proofs", () => {
  async function verificationsSent(institutionId: string, proven: number): Promise<void> {
    const subscriberId = await makeSubscriber(institutionId);
    const contactPointId = await deliverablePoint(institutionId, subscriberId, JP(500), "sms");
    await asAdmin(
      `WITH made AS (
         INSERT INTO verification (institution_id, id, contact_point_id, address_version, kind, max_attempts, expires_at, voided_at, consumed_at)
         SELECT $1, gen_random_uuid(), $2, 1, 'code', 5, now(), now(), CASE WHEN n <= $3 THEN now() END FROM generate_series(1, 50) n RETURNING id)
       INSERT INTO message (institution_id, id, kind, type, verification_id, masked_address, locale, priority, state, reference, country, dial_code)
       SELECT $1, gen_random_uuid(), 'verification', 'sms', id, '+81******00', 'en', 30, 'sent', id::text, 'JP', '81' FROM made`,
      [institutionId, contactPointId, proven],
    );
  }

  test.each([
    [10, "queued"],
    [9, "textBreaker"],
  ])("R29: after 50 codes of which %i were used, the next text to their dial code is %s", async (proven, answer) => {
    const { institutionId } = await furnished();
    await verificationsSent(institutionId, proven);
    expect(await text(institutionId, JP(1))).toBe(answer);
  });

  test("R29: the pause lasts an hour, is audited once, spares other dial codes, and then starts anew", async () => {
    const { institutionId, admin } = await furnished({ allow: "VN" });
    await verificationsSent(institutionId, 0);
    const point = await deliverablePoint(institutionId, admin.actor.subscriberId, JP(1), "sms");
    const errors = await Promise.all(Array.from({ length: 5 }, () => refusalOf(admin, sendTest(admin, { contactPointId: point }))));
    expect(new Set(errors.map(({ reason }) => reason))).toEqual(new Set(["textBreaker"]));
    expect(Math.max(...errors.map(({ retryAfterSec }) => retryAfterSec ?? 0))).toBeLessThanOrEqual(3600);
    expect(
      await asAdmin("SELECT 1 FROM audit_event WHERE institution_id = $1 AND action = 'sms_spending.paused'", [institutionId]),
    ).toHaveLength(1);
    expect(await text(institutionId, VN(1))).toBe("queued");
    expect(await text(institutionId, JP(2), "notice")).toBe("queued");
    const { pauses, lines } = await getSpending(admin, {});
    expect(pauses).toMatchObject([{ dialCode: "81" }]);
    expect(lines).toMatchObject([{ country: "JP", held: 6, heldReasons: { breaker: 6 } }]);
    await asAdmin("UPDATE sms_breaker SET open_until = now() WHERE institution_id = $1", [institutionId]);
    expect(await text(institutionId, JP(3))).toBe("queued");
  });

  test("a code that comes back counts for its country", async () => {
    const { institutionId, admin } = await furnished({ prices: { JP: "0.07" } });
    const point = await createContactPoint(admin, { type: "sms", label: "Phone", config: { phone_number: JP(700) }, verify: true });
    const { code } = await waitingVerification(institutionId, point.id);
    await sendAll(institutionId);
    await submitCode(admin, { contactPointId: point.id, code });
    expect((await getSpending(admin, {})).lines).toEqual([
      { country: "JP", dialCode: "81", sent: 1, verified: 1, held: 0, heldReasons: {}, cost: "0.07" },
    ]);
  });
});

test("what the worker sends, and what a server refuses, is told apart in the figures", async () => {
  const { institutionId, admin } = await furnished({ prices: { JP: "0.07" } });
  const refused = JP(802);
  const gateway = createServer(async (request, response) => {
    const { to } = JSON.parse(Buffer.concat(await request.toArray()).toString("utf8")) as { to: string };
    response.writeHead(to === refused ? 422 : 200).end();
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  const outlets = outletsTo({ sms: (gateway.address() as AddressInfo).port });
  atEnd(() => {
    outlets.close();
    gateway.close();
  });
  for (const phone_number of [JP(800), JP(801), refused]) {
    await createContactPoint(admin, { type: "sms", label: "Phone", config: { phone_number }, verify: true });
  }
  while ((await workOff(outlets)) > 0) {
    // until the outbox is empty
  }
  expect(await asAdmin("SELECT DISTINCT state FROM message WHERE institution_id = $1 ORDER BY 1", [institutionId])).toEqual([
    { state: "refused" },
    { state: "sent" },
  ]);
  expect((await getSpending(admin, {})).lines).toMatchObject([{ country: "JP", sent: 2, cost: "0.14", held: 0 }]);
});

test("senders, the worker, proofs and an admin who meet at the same figures never lock each other out", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { institutionId, admin } = await furnished({ allow: "VN", monthlyBudget: "100", prices: { "*": "0.05" } });
    const numbers = Array.from({ length: 8 }, (_, n) => (n % 2 ? JP : VN)(300 + round * 8 + n));
    const people = await Promise.all(numbers.map(() => makeMember(institutionId)));
    const points = await Promise.all(
      people.map((person, n) =>
        createContactPoint(person, { type: "sms", label: "Phone", config: { phone_number: numbers[n] ?? "" }, verify: true }),
      ),
    );
    const codes = await Promise.all(points.map(({ id }) => waitingVerification(institutionId, id)));
    const settled = await Promise.allSettled([
      sendAll(institutionId),
      ...people.map((person, n) => submitCode(person, { contactPointId: points[n]?.id, code: codes[n]?.code })),
      ...numbers.map((to) => text(institutionId, to, "notice")),
      ...numbers.map((to) => text(institutionId, to)),
      updateSpending(admin, { prices: { JP: "0.07" } }),
      sendAll(institutionId),
      updateSpending(admin, { monthlyBudget: "50" }),
    ]);
    expect(settled.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []))).toEqual([]);
  }
});

test("R35: without its table no text is queued", async () => {
  const { institutionId } = await furnished();
  await asAdmin("ALTER TABLE rate_bucket RENAME TO elsewhere");
  try {
    await expect(text(institutionId, JP(1))).rejects.toThrow();
  } finally {
    await asAdmin("ALTER TABLE elsewhere RENAME TO rate_bucket");
  }
  expect(await asAdmin("SELECT 1 FROM message WHERE institution_id = $1", [institutionId])).toEqual([]);
});
