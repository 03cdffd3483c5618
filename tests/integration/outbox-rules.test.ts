import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { requireContactPointType } from "@/lib/channels/registry";
import { closePrisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { finishMessages } from "@/lib/services/messages/finish";
import { releaseMessages } from "@/lib/services/messages/release";
import { suppress } from "@/lib/services/messages/suppression";
import { startVerification } from "@/lib/services/verifications/start";
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
    expect(
      await asAdmin("SELECT round(extract(epoch FROM start_after - created_on))::int AS sec FROM pgboss.job WHERE state = 'created'"),
    ).toEqual([{ sec: 30 }]);
  });

  it("R69: a message and its job end in one transaction, and the audit row of a verification with them", async () => {
    const { smtp, outlets } = await mailServer();
    const member = await makeMember(institutionId);
    const { id } = await createContactPoint(member, { type: "email", label: "Work", config: { email: "ann@example.com" }, verify: true });
    await workOff(outlets);
    expect(smtp.messages).toHaveLength(1);
    const audited = await asAdmin(
      "SELECT actor_type, after FROM audit_event WHERE action = 'contact_point.verify_sent' AND object_id = $1",
      [id],
    );
    expect(audited).toEqual([{ actor_type: "system", after: { address: "a***@example.com", attempt: 1 } }]);
    expect(await asAdmin("SELECT state, payload FROM message WHERE contact_point_id = $1", [id])).toEqual([
      { state: "sent", payload: null },
    ]);
    expect(await asAdmin("SELECT 1 FROM pgboss.job WHERE state < 'completed'")).toEqual([]);
  });

  it("R74: what was claimed and not begun goes back as it was, and can be had at once", async () => {
    const id = await enqueueInvitation(institutionId, "ann@example.com");
    await releaseMessages(institutionId, await claimNext());
    expect(await storedMessage(id)).toMatchObject({ state: "queued", attempt: 0 });
    const [again] = await claimNext();
    expect(again).toMatchObject({ id, attempt: 1 });
  });

  it("R11: a verification that was replaced while it waited is not sent", async () => {
    const { smtp, outlets } = await mailServer();
    const member = await makeMember(institutionId);
    const { id } = await createContactPoint(member, { type: "email", label: "Work", config: { email: "bob@example.com" }, verify: true });
    await asAdmin("UPDATE contact_point SET next_send_at = now() WHERE id = $1", [id]);
    await startVerification(member, { contactPointId: id });
    expect(await workOff(outlets)).toBe(1);
    expect(smtp.messages).toHaveLength(1);
    expect(await asAdmin("SELECT state FROM message WHERE contact_point_id = $1 ORDER BY created_at", [id])).toEqual([
      { state: "cancelled" },
      { state: "sent" },
    ]);
  });
});

describe("what must not leave", () => {
  it("R50: a payload that was moved or altered is refused and audited", async () => {
    const one = await enqueueInvitation(institutionId, "ann@example.com");
    const other = await enqueueInvitation(institutionId, "eve@example.com");
    await asAdmin("UPDATE message SET payload = (SELECT payload FROM message WHERE id = $2) WHERE id = $1", [one, other]);
    expect(await claimNext()).toHaveLength(1);
    expect(await storedMessage(one)).toMatchObject({ state: "refused", reason: "unreadable", payload: null });
    expect(
      await asAdmin("SELECT object_id, outcome FROM audit_event WHERE institution_id = $1 AND action = 'crypt_decrypt_fail'", [
        institutionId,
      ]),
    ).toEqual([{ object_id: one, outcome: "failed" }]);
  });

  it("R15: nothing goes to an address that said it was not theirs, while that lasts", async () => {
    const held = await enqueueInvitation(institutionId, "ann@example.com");
    await inInstitution(institutionId, (tx) =>
      suppress(tx, institutionId, requireContactPointType("email"), "Ann@example.com", "repudiated"),
    );
    expect(await claimNext()).toEqual([]);
    expect(await storedMessage(held)).toMatchObject({ state: "suppressed", payload: null });
    await asAdmin("UPDATE suppression SET until = now()");
    await enqueueInvitation(institutionId, "ann@example.com");
    expect(await claimNext()).toHaveLength(1);
  });

  it("a type that is no longer known refuses its messages, and nothing else", async () => {
    const contactPointId = await point();
    const id = await enqueueTo({ institutionId, contactPointId, to: "ann", type: "pigeon" });
    const good = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    expect((await claimNext()).map((message) => message.id)).toEqual([good]);
    expect(await storedMessage(id)).toMatchObject({ state: "refused", payload: null });
  });

  it("R72: five in five seconds go to one contact point, the rest wait and then go too", async () => {
    const contactPointId = await point();
    const ids = await Promise.all(Array.from({ length: 8 }, () => enqueueTo({ institutionId, contactPointId, to: "ann@example.com" })));
    const another = await point("bob@example.com");
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
    const id = await inInstitution(institutionId, (tx) => {
      const payload = {
        kind: "test",
        to: subscriberId,
        institutionName: "Lakeside Clinic",
        label: "Inbox",
        at: new Date().toISOString(),
      } as const;
      return enqueueMessage(tx, {
        institutionId,
        kind: "test",
        type: "in_app",
        maskedAddress: "",
        locale: "en",
        contactPointId,
        addressVersion: 1,
        subscriberId,
        payload,
      });
    });
    const outlets = outletsTo({});
    await workOff(outlets);
    await workOff(outlets);
    expect(await storedMessage(id)).toMatchObject({ state: "sent" });
    expect(await asAdmin("SELECT kind, data, contact_point_id FROM inbox_item WHERE subscriber_id = $1", [subscriberId])).toEqual([
      { kind: "test", data: { label: "Inbox" }, contact_point_id: contactPointId },
    ]);
  });
});
