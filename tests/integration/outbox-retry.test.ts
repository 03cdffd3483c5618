import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { finishMessages } from "@/lib/services/messages/finish";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import {
  asAdmin,
  claimNext,
  deliverablePoint,
  enqueueInvitation,
  enqueueTo,
  freeAbandoned,
  mailServer,
  messageIds,
  outletsTo,
  passTime,
  storedMessage,
  workOff,
} from "@/tests/support/outbox";
import { DROP, type Script } from "@/tests/support/scripted-smtp";

let institutionId: string;

beforeEach(async () => {
  await asAdmin("DELETE FROM pgboss.job");
  institutionId = await makeInstitution();
});
afterAll(closePrisma);

async function point(address = "ann@example.com"): Promise<string> {
  const member = await makeMember(institutionId);
  return deliverablePoint(institutionId, member.actor.subscriberId, address);
}

const saysAtRcpt = (answer: string) => (command: string) => (command.startsWith("RCPT") ? answer : undefined);

describe("an attempt that failed for now", () => {
  it("R71: is repeated after 15 s, 60 s, 6 min, 20 min and an hour, a fifth more or less, with one Message-ID", async () => {
    const { smtp, outlets } = await mailServer((command) => (command === "." ? "451 4.7.1 greylisted" : undefined));
    const id = await enqueueInvitation(institutionId, "ann@example.com");
    for (const seconds of [15, 60, 360, 1200, 3600]) {
      expect(await workOff(outlets)).toBe(1);
      const message = await storedMessage(id);
      expect(message).toMatchObject({ state: "queued", reason: "temporary" });
      expect(message.payload).not.toBeNull();
      expect(message.waits_sec).toBeGreaterThan(seconds * 0.8 - 5);
      expect(message.waits_sec).toBeLessThanOrEqual(seconds * 1.2);
      expect(await workOff(outlets)).toBe(0);
      await passTime(seconds * 1.2);
    }
    expect(await workOff(outlets)).toBe(1);
    expect(await storedMessage(id)).toMatchObject({ state: "refused", attempt: 6, reason: "temporary", payload: null });
    expect(messageIds(smtp.messages)).toEqual(Array(6).fill(`${id}@localhost`));
    expect(await asAdmin("SELECT 1 FROM pgboss.job WHERE state < 'completed'")).toEqual([]);
  });

  it("R71: crosses a greylist of five minutes", async () => {
    let greylisted = true;
    const { smtp, outlets } = await mailServer((command) =>
      greylisted && command.startsWith("RCPT") ? "450 4.2.0 try in 5 min" : undefined,
    );
    const id = await enqueueInvitation(institutionId, "ann@example.com");
    await workOff(outlets);
    await passTime(18);
    await workOff(outlets);
    await passTime(72);
    await workOff(outlets);
    greylisted = false;
    await passTime(432);
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "sent", attempt: 4, reason: null, payload: null });
    expect(smtp.messages).toHaveLength(1);
  });

  it("R71: is not repeated beyond the message's own time", async () => {
    const { outlets } = await mailServer(saysAtRcpt("451 4.3.0 not now"));
    const id = await enqueueInvitation(institutionId, "ann@example.com", 60);
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "queued" });
    await passTime(18);
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "refused", reason: "temporary", payload: null });
  });

  it("R71: what is due after its time is not sent", async () => {
    const { smtp, outlets } = await mailServer();
    const id = await enqueueInvitation(institutionId, "ann@example.com", 60);
    await passTime(61);
    expect(await workOff(outlets)).toBe(0);
    expect(await storedMessage(id)).toMatchObject({ state: "expired", payload: null });
    expect(smtp.connections()).toBe(0);
  });

  it("R71: a text is repeated twice and only within five minutes", async () => {
    const contactPointId = await point();
    const outlets = outletsTo({});
    const to = "+819012345678";
    const twice = await enqueueTo({ institutionId, contactPointId, to, type: "sms" });
    await workOff(outlets);
    await passTime(18);
    await workOff(outlets);
    await passTime(72);
    await workOff(outlets);
    expect(await storedMessage(twice)).toMatchObject({ state: "refused", attempt: 3, reason: "connect_failed" });
    const late = await enqueueTo({ institutionId, contactPointId, to, type: "sms" });
    await passTime(290);
    await workOff(outlets);
    expect(await storedMessage(late)).toMatchObject({ state: "refused", attempt: 1, reason: "connect_failed" });
  });

  it("R71: a refusal of our own account is for its operator to mend, and the message waits", async () => {
    const { outlets } = await mailServer((command) => (command.startsWith("MAIL") ? "550 5.7.1 who are you" : undefined));
    const contactPointId = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "queued", reason: "sender_rejected" });
  });
});

describe("an address that is refused for good", () => {
  it("R71: makes its contact point undeliverable and ends the message, with what the server said", async () => {
    const { outlets } = await mailServer(saysAtRcpt(`550 5.1.1 <ann@example.com> no such user ${"x".repeat(300)}`));
    const contactPointId = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    await workOff(outlets);
    const message = await storedMessage(id);
    expect(message).toMatchObject({ state: "refused", attempt: 1, reason: "recipient_rejected", payload: null });
    expect(message.reply?.length).toBeLessThanOrEqual(200);
    expect(message.reply).not.toContain("ann@example.com");
    expect(
      await asAdmin("SELECT undeliverable_reason AS reason FROM contact_point WHERE id = $1 AND undeliverable_at IS NOT NULL", [
        contactPointId,
      ]),
    ).toEqual([{ reason: "recipient_rejected" }]);
    const audited = await asAdmin(
      "SELECT actor_type, outcome, after FROM audit_event WHERE action = 'contact_point.undeliverable' AND object_id = $1",
      [contactPointId],
    );
    expect(audited).toEqual([
      { actor_type: "system", outcome: "success", after: { address: "m***@example.com", reason: "recipient_rejected" } },
    ]);
  });

  it("R71: says nothing about an address that has taken its place since", async () => {
    const contactPointId = await point();
    await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    const [claimed] = await claimNext();
    await asAdmin("UPDATE contact_point SET address_version = 2 WHERE id = $1", [contactPointId]);
    const refused = { outcome: "refused", reason: "recipient_rejected" } as const;
    if (claimed) {
      await finishMessages(institutionId, [{ message: claimed, result: refused, lines: [] }]);
    }
    expect(await asAdmin("SELECT undeliverable_at FROM contact_point WHERE id = $1", [contactPointId])).toEqual([
      { undeliverable_at: null },
    ]);
  });
});

describe("an attempt of which nobody knows", () => {
  const dropAtEnd: Script = (command) => (command === "." ? DROP : undefined);

  it("R70: another message is repeated once, with the same Message-ID, and then called unknown", async () => {
    const { smtp, outlets } = await mailServer(dropAtEnd);
    const id = await enqueueInvitation(institutionId, "ann@example.com");
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "queued", reason: "unknown_outcome" });
    await passTime(18);
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "unknown", attempt: 2, reason: "unknown_outcome", payload: null });
    expect(messageIds(smtp.messages)).toEqual([`${id}@localhost`, `${id}@localhost`]);
  });

  it("R70: a test is not repeated", async () => {
    const { smtp, outlets } = await mailServer(dropAtEnd);
    const contactPointId = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "unknown", attempt: 1, payload: null });
    await passTime(3600);
    expect(await workOff(outlets)).toBe(0);
    expect(smtp.messages).toHaveLength(1);
  });

  it("R70: after its worker's death a test is unknown, everything else is sent again", async () => {
    const { smtp, outlets } = await mailServer();
    const contactPointId = await point();
    const test = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    const notice = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com", kind: "notice" });
    expect(await claimNext()).toHaveLength(2);
    await freeAbandoned();
    expect(await workOff(outlets)).toBe(1);
    expect(await storedMessage(test)).toMatchObject({ state: "unknown", reason: "unknown_outcome", payload: null });
    expect(await storedMessage(notice)).toMatchObject({ state: "sent", attempt: 2 });
    expect(messageIds(smtp.messages)).toEqual([`${notice}@localhost`]);
  });
});
