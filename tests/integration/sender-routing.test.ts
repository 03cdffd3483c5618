import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { deliverMessage } from "@/lib/services/messages/deliver";
import { getMessage } from "@/lib/services/messages/get";
import { wakeHeld } from "@/lib/services/messages/wake";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { server } from "@/tests/support/mail-conversation";
import {
  asAdmin,
  claimNext,
  deliverablePoint,
  enqueueInvitation,
  enqueueTo,
  mailServer,
  senderOutlets,
  storedMessage,
  workOff,
} from "@/tests/support/outbox";
import { enqueueSenderVerification, makeSender, mark, storedSender } from "@/tests/support/sender-rows";

let institutionId: string;
let owner: Awaited<ReturnType<typeof makeMember>>;
let contactPointId: string;

const to = "ann@example.com";
const test = () => enqueueTo({ institutionId, contactPointId, to });
const notice = () => enqueueTo({ institutionId, contactPointId, to, kind: "notice" });
const headersOf = (message: string | undefined) => (message ?? "").split("\r\n\r\n")[0] ?? "";

beforeEach(async () => {
  await asAdmin("DELETE FROM pgboss.job");
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
  contactPointId = await deliverablePoint(institutionId, owner.actor.subscriberId, to);
});
afterAll(closePrisma);

describe("which sender a message goes out through", () => {
  it("R49: the institution's default one if it is active, from its own address; the message says so", async () => {
    const [system, own] = [await mailServer(), await server()];
    const senderId = await makeSender(institutionId, { port: own.port, fromName: "Front desk of the clinic" });
    const ids = [await test(), await enqueueInvitation(institutionId, "bob@example.com")];
    expect(await workOff(system.outlets)).toBe(2);
    expect(system.smtp.messages).toEqual([]);
    expect(own.messages).toHaveLength(2);
    expect(headersOf(own.messages[0])).toMatch(new RegExp(`^From: Front desk of the clinic <desk@${mark(institutionId)}>`, "im"));
    for (const messageId of ids) {
      expect(await getMessage(owner, { messageId })).toMatchObject({ state: "sent", sender: { id: senderId, name: "Front desk" } });
    }
    expect(await storedSender(senderId)).toMatchObject({ succeeded: true, failure_run: 0 });
  });

  it("writes in the institution's name where the sender has none", async () => {
    const [system, own] = [await mailServer(), await server()];
    await makeSender(institutionId, { port: own.port });
    await test();
    await workOff(system.outlets);
    expect(headersOf(own.messages[0])).toMatch(/^From: Lakeside Clinic </im);
  });

  it("R49: the system's without a default one, and the message says so", async () => {
    const [system, own] = [await mailServer(), await server()];
    await makeSender(institutionId, { port: own.port, isDefault: false });
    const messageId = await test();
    expect(await getMessage(owner, { messageId })).toMatchObject({ sender: null });
    await workOff(system.outlets);
    expect(system.smtp.messages).toHaveLength(1);
    expect(own.connections()).toBe(0);
    expect(await getMessage(owner, { messageId })).toMatchObject({ state: "sent", sender: "system" });
  });

  it("R49: through settings that nobody has proven goes nothing but their own verification", async () => {
    const [system, own] = [await mailServer(), await server()];
    const senderId = await makeSender(institutionId, { port: own.port, state: "pending", proven: false });
    await test();
    const messageId = await enqueueSenderVerification(institutionId, senderId, "admin@example.com");
    expect(await workOff(system.outlets)).toBe(2);
    expect(system.smtp.messages).toHaveLength(1);
    expect(own.messages).toHaveLength(1);
    expect(own.messages[0]).toContain("012345");
    expect(await getMessage(owner, { messageId })).toMatchObject({ state: "sent", sender: { id: senderId } });
  });

  it("R49: a changed sender goes on sending as it was proven last, while its verification tries what is new", async () => {
    const [system, old, fresh] = [await mailServer(), await server(), await server()];
    const senderId = await makeSender(institutionId, { port: fresh.port, state: "pending", proven: old.port });
    const [messageId, verificationId] = [await test(), await enqueueSenderVerification(institutionId, senderId, "admin@example.com")];
    await workOff(system.outlets);
    expect(old.messages).toHaveLength(1);
    expect(fresh.messages).toHaveLength(1);
    expect(fresh.messages[0]).toContain("012345");
    expect((await storedMessage(messageId)).state).toBe("sent");
    expect((await storedMessage(verificationId)).state).toBe("sent");
    expect(system.smtp.messages).toEqual([]);
  });
});

describe("a sender that does not send", () => {
  const off = [
    ["is switched off", "state = 'inactive'"],
    ["was stopped", "state = 'error', state_reason = 'auth_failed'"],
    ["has its circuit open", "circuit_open_until = now() + interval '1 minute'"],
  ] as const;

  it.each(off)(
    "R49: while it %s, tests and notices wait for it, and what somebody waits for goes through the system's",
    async (_, change) => {
      const [system, own] = [await mailServer(), await server()];
      const senderId = await makeSender(institutionId, { port: own.port });
      await asAdmin(`UPDATE sender SET ${change} WHERE id = $1`, [senderId]);
      const waiting = [await test(), await notice()];
      const urgent = await enqueueInvitation(institutionId, "bob@example.com");
      expect(await workOff(system.outlets)).toBe(1);
      expect(await storedMessage(urgent)).toMatchObject({ state: "sent" });
      for (const messageId of waiting) {
        expect(await storedMessage(messageId)).toMatchObject({ state: "queued", attempt: 0, reason: "sender_waiting" });
        expect(await getMessage(owner, { messageId })).toMatchObject({ sender: { id: senderId } });
      }
      expect(await storedSender(senderId)).toMatchObject({ held: true });
      expect(own.connections()).toBe(0);
      expect(await wakeHeld()).toBe(0);

      await asAdmin("UPDATE sender SET state = 'active', circuit_open_until = NULL WHERE id = $1", [senderId]);
      expect(await wakeHeld()).toBe(2);
      expect(await workOff(system.outlets)).toBe(2);
      expect(own.messages).toHaveLength(2);
      expect(system.smtp.messages).toHaveLength(1);
      expect(await storedSender(senderId)).toMatchObject({ held: false });
    },
  );

  it("R49: what waited for it goes on through the one that takes its place", async () => {
    const [system, own] = [await mailServer(), await server()];
    const first = await makeSender(institutionId, { port: own.port, state: "inactive" });
    const second = await makeSender(institutionId, { port: own.port, isDefault: false, name: "Second" });
    const messageId = await test();
    await workOff(system.outlets);
    await asAdmin("UPDATE sender SET is_default = false WHERE id = $1", [first]);
    await asAdmin("UPDATE sender SET is_default = true WHERE id = $1", [second]);
    expect(await wakeHeld()).toBe(1);
    await workOff(system.outlets);
    expect(await getMessage(owner, { messageId })).toMatchObject({ state: "sent", sender: { id: second, name: "Second" } });
  });

  it("R49: a message that is held while another one wakes is not forgotten", async () => {
    const [system, own] = [await mailServer(), await server()];
    const senderId = await makeSender(institutionId, { port: own.port, state: "inactive" });
    for (let round = 0; round < 20; round += 1) {
      await test();
      await asAdmin("UPDATE sender SET state = CASE WHEN state = 'inactive' THEN 'active' ELSE 'inactive' END WHERE id = $1", [senderId]);
      await Promise.all([workOff(system.outlets), wakeHeld(), wakeHeld()]);
    }
    await asAdmin("UPDATE sender SET state = 'active' WHERE id = $1", [senderId]);
    await wakeHeld();
    // those that wait for nothing but their turn at one contact point (R72) wait a few seconds
    const held = await asAdmin("SELECT 1 FROM message WHERE institution_id = $1 AND not_before > now() + interval '1 minute'", [
      institutionId,
    ]);
    expect(held).toEqual([]);
  });

  it("R49: a message that was claimed for it just before is not sent once it is off", async () => {
    const [system, own] = [await mailServer(), await server()];
    const senderId = await makeSender(institutionId, { port: own.port });
    const messageId = await test();
    const [claimed] = await claimNext();
    // the settings are opened when the message begins, and by then they are not to be used
    await asAdmin("UPDATE sender SET state = 'inactive' WHERE id = $1", [senderId]);
    expect(claimed?.lane).toEqual({ name: `sender:${senderId}`, group: `${institutionId}:email`, cap: 4, share: 0.5, keepsMs: 700 });
    const attempt = claimed && (await deliverMessage(system.outlets, senderOutlets(), claimed));
    expect(attempt?.result).toMatchObject({ outcome: "temporary" });
    expect(own.connections()).toBe(0);
    expect((await storedMessage(messageId)).state).toBe("sending");
  });
});
