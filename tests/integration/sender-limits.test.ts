import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import type { LaneOf } from "@/lib/delivery/lanes";
import { fetchJobs } from "@/lib/delivery/queue";

import { claimMessages } from "@/lib/services/messages/claim";
import { getMessage } from "@/lib/services/messages/get";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { server } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint, enqueueTo, mailServer, outletsTo, passTime, storedMessage, workOff } from "@/tests/support/outbox";
import { enqueueSenderVerification, makeSender } from "@/tests/support/sender-rows";

let institutionId: string;
let owner: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  await asAdmin("DELETE FROM pgboss.job");
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
});
afterAll(closePrisma);

async function enqueue(to: string, type: "email" | "sms" = "email"): Promise<string> {
  const { actor } = await makeMember(institutionId);
  const contactPointId = await deliverablePoint(institutionId, actor.subscriberId, to, type);
  return enqueueTo({ institutionId, contactPointId, to, type });
}

describe("a number that said STOP", () => {
  const [stopped, other] = ["+819011112222", "+819011113333"];
  const optOut = (senderId: string) =>
    asAdmin("INSERT INTO sms_opt_out (institution_id, sender_id, number, word) VALUES ($1, $2, $3, 'STOP')", [
      institutionId,
      senderId,
      stopped,
    ]);

  it("gets no text from that sender, a verification neither, and the message says why", async () => {
    const senderId = await makeSender(institutionId, { port: 9, type: "sms", config: { url: "http://127.0.0.1:9/" } });
    await optOut(senderId);
    const ids = [await enqueue(stopped, "sms"), await enqueueSenderVerification(institutionId, senderId, stopped, "sms")];
    expect(await workOff(outletsTo({}))).toBe(0);
    for (const messageId of ids) {
      expect(await storedMessage(messageId)).toMatchObject({ state: "suppressed", reason: "opted_out", payload: null });
      expect(await getMessage(owner, { messageId })).toMatchObject({ state: "refused", reason: "opted_out" });
    }
  });

  it("gets none through the system's either while that sender is off", async () => {
    const senderId = await makeSender(institutionId, { port: 9, type: "sms", config: {}, state: "inactive" });
    await optOut(senderId);
    const id = await enqueue(stopped, "sms");
    await workOff(outletsTo({}));
    expect(await storedMessage(id)).toMatchObject({ state: "suppressed", reason: "opted_out" });
  });

  it("gets none from a copy of that sender either, or from another one of the same number", async () => {
    const senderId = await makeSender(institutionId, { port: 9, type: "sms", config: { url: "http://127.0.0.1:9/" } });
    await optOut(senderId);
    const copyId = await makeSender(institutionId, { port: 9, type: "sms", config: { url: "http://127.0.0.1:9/" }, isDefault: false });
    await asAdmin("UPDATE sender SET is_default = false WHERE id = $1", [senderId]);
    await asAdmin("UPDATE sender SET is_default = true WHERE id = $1", [copyId]);
    const id = await enqueue(stopped, "sms");
    expect(await workOff(outletsTo({}))).toBe(0);
    expect(await storedMessage(id)).toMatchObject({ state: "suppressed", reason: "opted_out" });
  });

  it("said it to that sender and number alone", async () => {
    const senderId = await makeSender(institutionId, { port: 9, type: "sms", config: {}, isDefault: false });
    await optOut(senderId);
    const ids = [await enqueue(stopped, "sms"), await enqueue(other, "sms")];
    expect(await workOff(outletsTo({}))).toBe(2);
    for (const id of ids) {
      expect(await storedMessage(id)).toMatchObject({ state: "queued", reason: "connect_failed" });
    }
  });
});

describe("messages a minute", () => {
  it("R72: as many as the admin set go out, by all workers together, and the rest wait their turn", async () => {
    const [system, own] = [await mailServer(), await server()];
    await makeSender(institutionId, { port: own.port, ratePerMinute: 120 });
    for (let index = 0; index < 8; index += 1) {
      await enqueue(`p${index}@example.com`);
    }
    const sent = await Promise.all([workOff(system.outlets), workOff(system.outlets), workOff(system.outlets)]);
    expect(sent.reduce((sum, count) => sum + count)).toBe(2);
    const waiting = await asAdmin<{ reason: string; sec: number }>(
      "SELECT reason, extract(epoch FROM not_before - now())::float8 AS sec FROM message WHERE institution_id = $1 AND state = 'queued' ORDER BY sec",
      [institutionId],
    );
    expect(new Set(waiting.map(({ reason }) => reason))).toEqual(new Set(["sender_busy"]));
    expect(waiting.at(-1)?.sec).toBeLessThan(4);
    await asAdmin("UPDATE sender SET rate_next_at = rate_next_at - interval '2 seconds'");
    await passTime(10);
    expect(await workOff(system.outlets)).toBe(2);
    expect(own.messages).toHaveLength(4);
  });

  it("R72: without a limit there is none", async () => {
    const [system, own] = [await mailServer(), await server()];
    await makeSender(institutionId, { port: own.port });
    for (let index = 0; index < 40; index += 1) {
      await enqueue(`p${index}@example.com`);
    }
    expect(await workOff(system.outlets)).toBe(40);
    expect(own.connections()).toBeLessThanOrEqual(4);
  });
});

describe("a worker that has no room for a sender's messages", () => {
  it("R49: claims those of the others and leaves the rest for later", async () => {
    const own = await server();
    const senderId = await makeSender(institutionId, { port: own.port });
    for (let index = 0; index < 10; index += 1) {
      await enqueue(`p${index}@example.com`);
    }
    const asked: LaneOf[] = [];
    const claimed = await claimMessages(institutionId, await fetchJobs(100), (lane) => {
      asked.push(lane);
      return asked.length > 4 ? "slow" : "granted";
    });
    expect(claimed).toHaveLength(4);
    expect(new Set(asked.map(({ name }) => name))).toEqual(new Set([`sender:${senderId}`]));
    const left = await asAdmin<{ sec: number }>(
      `SELECT extract(epoch FROM not_before - now())::float8 AS sec FROM message
        WHERE institution_id = $1 AND state = 'queued' AND attempt = 0 AND reason = 'sender_busy'`,
      [institutionId],
    );
    expect(left).toHaveLength(6);
    for (const { sec } of left) {
      expect(sec).toBeGreaterThan(3);
      expect(sec).toBeLessThan(10);
    }
  });

  it("R49: tries a sender in doubt with one message", async () => {
    const own = await server();
    const senderId = await makeSender(institutionId, { port: own.port });
    await asAdmin("UPDATE sender SET failure_run = 5 WHERE id = $1", [senderId]);
    await enqueue("ann@example.com");
    const asked: LaneOf[] = [];
    await claimMessages(institutionId, await fetchJobs(1), (lane) => {
      asked.push(lane);
      return "granted";
    });
    expect(asked).toEqual([{ name: `sender:${senderId}`, group: `${institutionId}:email`, cap: 1, share: 0.5, keepsMs: 700 }]);
  });
});
