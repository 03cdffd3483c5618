import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { closePrisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { startVerification } from "@/lib/services/verifications/start";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { finishMessages } from "@/lib/services/messages/finish";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { server, atEnd } from "@/tests/support/mail-conversation";
import {
  asAdmin,
  claimNext,
  deliverablePoint,
  enqueueInvitation,
  enqueueTo,
  freeAbandoned,
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

async function mailServer(script?: Script) {
  const smtp = await server(script ? { script } : {});
  const outlets = outletsTo({ smtp: smtp.port });
  atEnd(() => outlets.close());
  return { smtp, outlets };
}

async function point(address = "ann@example.com") {
  const member = await makeMember(institutionId);
  return { member, id: await deliverablePoint(institutionId, member.actor.subscriberId, address) };
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
    const { smtp, outlets } = await mailServer((command) => (greylisted && command.startsWith("RCPT") ? "450 4.2.0 try in 5 min" : undefined));
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
    const { id: contactPointId } = await point();
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
    const { id: contactPointId } = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "queued", reason: "sender_rejected" });
  });
});

describe("an address that is refused for good", () => {
  it("R71: makes its contact point undeliverable and ends the message, with what the server said", async () => {
    const { outlets } = await mailServer(saysAtRcpt(`550 5.1.1 <ann@example.com> no such user ${"x".repeat(300)}`));
    const { id: contactPointId } = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    await workOff(outlets);
    const message = await storedMessage(id);
    expect(message).toMatchObject({ state: "refused", attempt: 1, reason: "recipient_rejected", payload: null });
    expect(message.reply?.length).toBeLessThanOrEqual(200);
    expect(message.reply).not.toContain("ann@example.com");
    expect(await asAdmin("SELECT undeliverable_reason AS reason FROM contact_point WHERE id = $1 AND undeliverable_at IS NOT NULL", [contactPointId])).toEqual([
      { reason: "recipient_rejected" },
    ]);
    const audited = await asAdmin("SELECT actor_type, outcome, after FROM audit_event WHERE action = 'contact_point.undeliverable' AND object_id = $1", [contactPointId]);
    expect(audited).toEqual([{ actor_type: "system", outcome: "success", after: { address: "m***@example.com", reason: "recipient_rejected" } }]);
  });

  it("R71: says nothing about an address that has taken its place since", async () => {
    const { outlets } = await mailServer(saysAtRcpt("550 5.1.1 no such user"));
    const { id: contactPointId } = await point();
    await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    const [claimed] = await claimNext();
    await asAdmin("UPDATE contact_point SET address_version = 2 WHERE id = $1", [contactPointId]);
    const refused = { outcome: "refused", reason: "recipient_rejected" } as const;
    if (claimed) {
      await finishMessages(institutionId, [{ message: claimed, result: refused, lines: [] }]);
    }
    expect(await asAdmin("SELECT undeliverable_at FROM contact_point WHERE id = $1", [contactPointId])).toEqual([{ undeliverable_at: null }]);
    outlets.close();
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
    const { id: contactPointId } = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "unknown", attempt: 1, payload: null });
    await passTime(3600);
    expect(await workOff(outlets)).toBe(0);
    expect(smtp.messages).toHaveLength(1);
  });

  it("R70: after its worker's death a test is unknown, everything else is sent again", async () => {
    const { smtp, outlets } = await mailServer();
    const { id: contactPointId } = await point();
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

describe("the fence", () => {
  it("R69: who was overtaken writes nothing, and ends nobody's job", async () => {
    const id = await enqueueInvitation(institutionId, "ann@example.com");
    const [first] = await claimNext();
    await freeAbandoned();
    const [second] = await claimNext();
    expect(second?.fence).not.toBe(first?.fence);
    const sent = { outcome: "sent" } as const;
    if (!first || !second) {
      throw new Error("both should have claimed it");
    }
    expect(await finishMessages(institutionId, [{ message: first, result: sent, lines: [] }])).toEqual(new Set());
    expect(await storedMessage(id)).toMatchObject({ state: "sending", attempt: 2 });
    expect(await asAdmin("SELECT state FROM pgboss.job")).toEqual([{ state: "active" }]);
    expect(await finishMessages(institutionId, [{ message: second, result: sent, lines: [] }])).toEqual(new Set([id]));
    expect(await storedMessage(id)).toMatchObject({ state: "sent" });
    expect(await asAdmin("SELECT state FROM pgboss.job")).toEqual([{ state: "completed" }]);
  });

  it("R69: a message whose worker is at it is left to it, whatever job comes by", async () => {
    const id = await enqueueInvitation(institutionId, "ann@example.com");
    expect(await claimNext()).toHaveLength(1);
    await asAdmin("UPDATE pgboss.job SET state = 'retry', start_after = now()");
    expect(await claimNext()).toEqual([]);
    expect(await storedMessage(id)).toMatchObject({ state: "sending", attempt: 1 });
    expect(await asAdmin("SELECT round(extract(epoch FROM start_after - created_on))::int AS sec FROM pgboss.job WHERE state = 'created'")).toEqual([{ sec: 30 }]);
  });

  it("R69: a message and its job end in one transaction, and the audit row of a verification with them", async () => {
    const { smtp, outlets } = await mailServer();
    const member = await makeMember(institutionId);
    const { id } = await createContactPoint(member, { type: "email", label: "Work", config: { email: "ann@example.com" }, verify: true });
    await workOff(outlets);
    expect(smtp.messages).toHaveLength(1);
    const audited = await asAdmin("SELECT actor_type, after FROM audit_event WHERE action = 'contact_point.verify_sent' AND object_id = $1", [id]);
    expect(audited).toEqual([{ actor_type: "system", after: { address: "a***@example.com", attempt: 1 } }]);
    expect(await asAdmin("SELECT state, payload FROM message WHERE contact_point_id = $1", [id])).toEqual([{ state: "sent", payload: null }]);
    expect(await asAdmin("SELECT 1 FROM pgboss.job WHERE state < 'completed'")).toEqual([]);
  });

  it("R11: a verification that was replaced while it waited is not sent", async () => {
    const { smtp, outlets } = await mailServer();
    const member = await makeMember(institutionId);
    const { id } = await createContactPoint(member, { type: "email", label: "Work", config: { email: "bob@example.com" }, verify: true });
    await asAdmin("UPDATE contact_point SET next_send_at = now() WHERE id = $1", [id]);
    await startVerification(member, { contactPointId: id });
    expect(await workOff(outlets)).toBe(1);
    expect(smtp.messages).toHaveLength(1);
    expect(await asAdmin("SELECT state FROM message WHERE contact_point_id = $1 ORDER BY created_at", [id])).toEqual([{ state: "cancelled" }, { state: "sent" }]);
  });
});

describe("what must not leave", () => {
  it("R50: a payload that was moved or altered is refused and audited", async () => {
    const one = await enqueueInvitation(institutionId, "ann@example.com");
    const other = await enqueueInvitation(institutionId, "eve@example.com");
    await asAdmin("UPDATE message SET payload = (SELECT payload FROM message WHERE id = $2) WHERE id = $1", [one, other]);
    expect(await claimNext()).toHaveLength(1);
    expect(await storedMessage(one)).toMatchObject({ state: "refused", reason: "unreadable", payload: null });
    expect(await asAdmin("SELECT object_id, outcome FROM audit_event WHERE institution_id = $1 AND action = 'crypt_decrypt_fail'", [institutionId])).toEqual([
      { object_id: one, outcome: "failed" },
    ]);
  });

  it("R15: nothing goes to an address that said it was not theirs, while that lasts", async () => {
    const { suppress } = await import("@/lib/services/messages/suppression");
    const { requireContactPointType } = await import("@/lib/channels/registry");
    const held = await enqueueInvitation(institutionId, "ann@example.com");
    await inInstitution(institutionId, (tx) => suppress(tx, institutionId, requireContactPointType("email"), "Ann@example.com", "repudiated"));
    expect(await claimNext()).toEqual([]);
    expect(await storedMessage(held)).toMatchObject({ state: "suppressed", payload: null });
    await asAdmin("UPDATE suppression SET until = now()");
    await enqueueInvitation(institutionId, "ann@example.com");
    expect(await claimNext()).toHaveLength(1);
  });

  it("a type that is no longer known refuses its messages, and nothing else", async () => {
    const { id: contactPointId } = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann", type: "pigeon" });
    const good = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    expect((await claimNext()).map((message) => message.id)).toEqual([good]);
    expect(await storedMessage(id)).toMatchObject({ state: "refused", payload: null });
  });

  it("R72: five in five seconds go to one contact point, the rest wait and then go too", async () => {
    const { id: contactPointId } = await point();
    const ids = await Promise.all(Array.from({ length: 8 }, () => enqueueTo({ institutionId, contactPointId, to: "ann@example.com" })));
    const { id: another } = await point("bob@example.com");
    await enqueueTo({ institutionId, contactPointId: another, to: "bob@example.com" });
    const { smtp, outlets } = await mailServer();
    expect(await workOff(outlets)).toBe(6);
    expect(await workOff(outlets)).toBe(0);
    await passTime(4);
    expect(await workOff(outlets)).toBe(0);
    await passTime(2);
    expect(await workOff(outlets)).toBe(3);
    expect(smtp.messages).toHaveLength(9);
    expect(new Set(messageIds(smtp.messages)).size).toBe(9);
    expect(await asAdmin("SELECT DISTINCT attempt FROM message WHERE id = ANY($1)", [ids])).toEqual([{ attempt: 1 }]);
  });

  it("in-app lines are written by the transaction that finishes their message, once", async () => {
    const member = await makeMember(institutionId);
    const { subscriberId } = member.actor;
    const contactPointId = await deliverablePoint(institutionId, subscriberId, subscriberId, "in_app");
    const id = await inInstitution(institutionId, async (tx) => {
      const { enqueueMessage } = await import("@/lib/services/messages/enqueue");
      const payload = { kind: "test", to: subscriberId, institutionName: "Lakeside Clinic", label: "Inbox", at: new Date().toISOString() } as const;
      return enqueueMessage(tx, { institutionId, kind: "test", type: "in_app", maskedAddress: "", locale: "en", contactPointId, addressVersion: 1, subscriberId, payload });
    });
    const outlets = outletsTo({});
    await workOff(outlets);
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "sent" });
    expect(await asAdmin("SELECT kind, data, contact_point_id FROM inbox_item WHERE subscriber_id = $1", [subscriberId])).toEqual([
      { kind: "test", data: { label: "Inbox" }, contact_point_id: contactPointId },
    ]);
    expect(newId()).not.toBe(id);
  });
});
