import { beforeEach, describe, expect, test } from "vitest";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { countSenderAttempt, senderCodeMatches } from "@/lib/services/senders/challenge";
import { createSender } from "@/lib/services/senders/create";
import { getSender } from "@/lib/services/senders/get";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { completeSenderVerification, submitSenderCode } from "@/lib/services/senders/submit-code";
import { updateSender } from "@/lib/services/senders/update";
import { getSenderVerification } from "@/lib/services/senders/verification-status";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin, deliverablePoint } from "@/tests/support/outbox";
import { addSmtp, refusal, waitingCode, wrongCode } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";

let institutionId: string;
let admin: Person;
let senderId: string;

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  senderId = (await addSmtp(admin)).id;
});

/** Lets time pass for the sender's challenge and its resend ladder. */
async function passTime(seconds: number): Promise<void> {
  const by = `${seconds} seconds`;
  await asAdmin("UPDATE sender_verification SET expires_at = expires_at - $1::interval, created_at = created_at - $1::interval", [by]);
  await asAdmin("UPDATE sender SET next_send_at = next_send_at - $1::interval", [by]);
}

const start = () => startSenderVerification(admin, { senderId });
const submit = (code: string, as = admin) => submitSenderCode(as, { senderId, code });

describe("the code", () => {
  test("goes to the person's own verified address, through the sender itself, and proves it", async () => {
    await deliverablePoint(institutionId, admin.actor.subscriberId, "own@example.com");
    expect(await getSenderVerification(admin, { senderId })).toMatchObject({ state: "none", address: "o***@example.com", proven: false });
    await start();
    const { to, code, senderName, institutionName } = await waitingCode(senderId);
    expect({ to, senderName, institutionName }).toEqual({
      to: "own@example.com",
      senderName: "Front desk",
      institutionName: "Lakeside Clinic",
    });
    expect(await getSenderVerification(admin, { senderId })).toMatchObject({
      state: "waiting",
      address: "o***@example.com",
      attemptsLeft: 5,
      own: true,
      message: { state: "queued", kind: "sender_verification" },
    });
    expect(await submit(` ${code.slice(0, 3)} ${code.slice(3)} `)).toMatchObject({
      state: "active",
      proven: true,
      sending: true,
      provenBy: admin.actor.name,
    });
    expect(await getSenderVerification(admin, { senderId })).toMatchObject({ state: "none", senderState: "active", proven: true });
    expect(await refusal(start())).toMatchObject({ code: "precondition_failed", reason: "senderIsProven" });
  });

  test("goes to the address that the person signs in with where there is no other, and proves that one too", async () => {
    const point = await createContactPoint(admin, { type: "email", label: "Work", config: { email: admin.actor.email } });
    await start();
    const { to, code } = await waitingCode(senderId);
    expect(to).toBe(admin.actor.email);
    await submit(code);
    expect(await getContactPoint(admin, { contactPointId: point.id })).toMatchObject({ verified: true, deliverable: true });
    const rows = await asAdmin(
      "SELECT 1 FROM audit_event WHERE object_id = $1 AND action = 'contact_point.verified' AND after->>'method' = 'sender'",
      [point.id],
    );
    expect(rows).toHaveLength(1);
  });

  test("to a verified address proves nothing of the one that the person signs in with", async () => {
    const point = await createContactPoint(admin, { type: "email", label: "Work", config: { email: admin.actor.email } });
    await deliverablePoint(institutionId, admin.actor.subscriberId, "own@example.com");
    await start();
    await submit((await waitingCode(senderId)).code);
    expect(await getContactPoint(admin, { contactPointId: point.id })).toMatchObject({ verified: false });
  });

  test("R32: never goes to another person's address, nor to an unverified number", async () => {
    const other = await makeMember(institutionId, "owner");
    await deliverablePoint(institutionId, other.actor.subscriberId, "other@example.com");
    await start();
    expect((await waitingCode(senderId)).to).toBe(admin.actor.email);
    const config = { apiKey: "a1b2c3d4", apiSecret: "0123456789abcdef" };
    const texts = await createSender(admin, { name: "Texts", provider: "vonage", config, fromNumber: "+819012345678" });
    await createContactPoint(admin, { type: "sms", label: "Phone", config: { phone_number: "+819087654321" } });
    expect(await refusal(startSenderVerification(admin, { senderId: texts.id }))).toMatchObject({
      code: "precondition_failed",
      reason: "ownNumberNeeded",
    });
    await deliverablePoint(institutionId, admin.actor.subscriberId, "+819011112222", "sms");
    await startSenderVerification(admin, { senderId: texts.id });
    expect((await waitingCode(texts.id)).to).toBe("+819011112222");
  });

  test("R11: a new one ends the one before it", async () => {
    await start();
    const { code: first } = await waitingCode(senderId);
    expect(await refusal(start())).toMatchObject({ code: "rate_limited", reason: "resendTooSoon" });
    await passTime(61);
    await start();
    const { code: second } = await waitingCode(senderId);
    if (first !== second) expect(await refusal(submit(first))).toMatchObject({ code: "verification_failed" });
    expect(await submit(second)).toMatchObject({ state: "active" });
  });

  test("R2: is dead once its time is over, by the database's clock", async () => {
    await start();
    const { code } = await waitingCode(senderId);
    await passTime(86_401);
    expect(await refusal(submit(code))).toMatchObject({ code: "verification_failed" });
    expect(await getSenderVerification(admin, { senderId })).toMatchObject({ state: "ended" });
  });

  test("R10: for settings that have changed since proves nothing, and what was queued for it is called off", async () => {
    await start();
    const { code } = await waitingCode(senderId);
    await updateSender(admin, { senderId, config: { readTimeoutMs: 5000 } });
    expect(await refusal(submit(code))).toMatchObject({ code: "verification_failed" });
    expect(await asAdmin("SELECT state FROM message WHERE sender_id = $1", [senderId])).toEqual([{ state: "cancelled" }]);
    expect(await getSender(admin, { senderId })).toMatchObject({ state: "pending", proven: false });
  });

  test("makes one that was switched off active, and one that stopped", async () => {
    await start();
    await submit((await waitingCode(senderId)).code);
    await setSenderEnabled(admin, { senderId, enabled: false });
    await updateSender(admin, { senderId, config: { readTimeoutMs: 5000 } });
    await start();
    expect(await submit((await waitingCode(senderId)).code)).toMatchObject({ state: "active", revision: 2, proven: true });
    await asAdmin("UPDATE sender SET state = 'error', state_reason = 'auth_failed', failure_run = 9 WHERE id = $1", [senderId]);
    await passTime(61);
    await start();
    expect(await submit((await waitingCode(senderId)).code)).toMatchObject({
      state: "active",
      stateReason: null,
      health: { failureRun: 0 },
    });
  });

  test("works for whoever it was sent to alone", async () => {
    await start();
    const { code } = await waitingCode(senderId);
    const other = await makeMember(institutionId, "owner");
    expect(await refusal(submit(code, other))).toMatchObject({ code: "verification_failed" });
    expect(await getSenderVerification(other, { senderId })).toMatchObject({ state: "waiting", own: false, attemptsLeft: null });
    expect(await submit(code)).toMatchObject({ state: "active" });
  });

  test("R8: stands nowhere but in the sealed message", async () => {
    await start();
    const { code } = await waitingCode(senderId);
    const dump = await asAdmin<{ row: string }>(
      "SELECT t::text AS row FROM sender_verification t UNION ALL SELECT t::text FROM audit_event t WHERE institution_id IS NOT NULL UNION ALL SELECT t::text FROM sender t",
    );
    expect(dump.filter(({ row }) => row.includes(`"${code}"`) || row.includes(`,${code},`))).toEqual([]);
  });
});

describe("guesses", () => {
  test("R5: of 200 wrong codes at once exactly 5 are looked at, and then the right one is dead too", async () => {
    await start();
    const { code } = await waitingCode(senderId);
    const counted = await Promise.all(Array.from({ length: 200 }, () => countSenderAttempt(admin.actor, senderId)));
    const looked = counted.filter((attempt) => attempt !== null);
    expect(looked).toHaveLength(5);
    expect(looked.some((attempt) => senderCodeMatches(institutionId, attempt, wrongCode(code)))).toBe(false);
    expect(await refusal(submit(code))).toMatchObject({ code: "verification_failed" });
    expect(await getSender(admin, { senderId })).toMatchObject({ state: "pending" });
  });

  test("R7: 200 right codes at once prove it once", async () => {
    await start();
    const { code } = await waitingCode(senderId);
    // a person may not submit 200 times an hour (R31), so the calls race past that limit
    const results = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const attempt = await countSenderAttempt(admin.actor, senderId);
        if (!attempt || !senderCodeMatches(institutionId, attempt, code)) return "refused";
        return (await refusal(completeSenderVerification(admin, admin.actor, attempt))).code;
      }),
    );
    expect(results.filter((result) => result === "fine")).toHaveLength(1);
    expect(await asAdmin("SELECT 1 FROM audit_event WHERE object_id = $1 AND action = 'sender.verified'", [senderId])).toHaveLength(1);
  });

  test("R31: a person's submissions an hour are few", async () => {
    const results = [];
    for (let n = 0; n < 40; n += 1) results.push((await refusal(submit("000000"))).code);
    expect(results.filter((code) => code === "verification_failed")).toHaveLength(30);
    expect(results.at(-1)).toBe("rate_limited");
  });

  test("R6: 20 wrong codes a day are the most, over however many challenges", async () => {
    let looked = 0;
    for (let challenge = 0; challenge < 5; challenge += 1) {
      await start();
      for (let n = 0; n < 5; n += 1) looked += (await countSenderAttempt(admin.actor, senderId)) ? 1 : 0;
      await passTime(601);
    }
    expect(looked).toBe(20);
  });

  test("R23: six codes an hour are too many for one sender", async () => {
    for (let n = 0; n < 5; n += 1) {
      await start();
      await passTime(601);
    }
    expect(await refusal(start())).toMatchObject({ code: "rate_limited", reason: "sendsPerSender" });
  });
});
