import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { fetchJobs } from "@/lib/delivery/queue";
import { env } from "@/lib/env";
import { claimMessages } from "@/lib/services/messages/claim";
import { getMessage } from "@/lib/services/messages/get";
import { wakeHeld } from "@/lib/services/messages/wake";
import { diagnoseSender } from "@/lib/services/senders/diagnose";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { atEnd, server } from "@/tests/support/mail-conversation";
import {
  asAdmin,
  deliverablePoint,
  enqueueInvitation,
  enqueueTo,
  mailServer,
  outletsTo,
  storedMessage,
  workOff,
} from "@/tests/support/outbox";
import { DROP, type ScriptedSmtp } from "@/tests/support/scripted-smtp";
import { makeSender, storedSender } from "@/tests/support/sender-rows";
import { startFakeApi } from "@/tests/support/vendors/fake-api";

let institutionId: string;
let owner: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  await asAdmin("DELETE FROM pgboss.job");
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
});
afterAll(closePrisma);

/** To somebody else each time: five to one contact point would wait for each other. */
async function message(kind: "test" | "notice" = "notice", type: "email" | "sms" = "email", to = "ann@example.com"): Promise<string> {
  const { actor } = await makeMember(institutionId);
  const contactPointId = await deliverablePoint(institutionId, actor.subscriberId, to, type);
  return enqueueTo({ institutionId, contactPointId, to, kind, type });
}

/** A gateway for texts over real HTTP, which ends with the test. */
async function gateway() {
  const api = await startFakeApi(() => ({ status: 200 }));
  atEnd(api.stop);
  return { api, port: Number(new URL(api.url).port) };
}

describe("texts", () => {
  const config = (url: string) => ({
    url: `${url}/send`,
    request: "post_json",
    body: '{"to": "{to}", "from": "{from}", "text": "{text}"}',
    auth: "none",
    successStatus: "200-299",
    successCheck: "status",
  });

  it("R49: go out through the default sender for texts, from its number; mail does not", async () => {
    const [own, systems, system] = [await gateway(), await gateway(), await mailServer()];
    const senderId = await makeSender(institutionId, { port: own.port, type: "sms", config: config(own.api.url) });
    const [text, mail] = [await message("test", "sms", "+819011112222"), await message()];
    expect(await workOff({ ...system.outlets, sendText: outletsTo({ sms: systems.port }).sendText })).toBe(2);
    expect(own.api.calls.map(({ body }) => JSON.parse(body))).toMatchObject([{ to: "+819011112222", from: "+81312345678" }]);
    expect(systems.api.calls).toEqual([]);
    expect(system.smtp.messages).toHaveLength(1);
    expect(await getMessage(owner, { messageId: text })).toMatchObject({ state: "sent", sender: { id: senderId } });
    expect(await getMessage(owner, { messageId: mail })).toMatchObject({ state: "sent", sender: "system" });
  });

  it("R49: go out through the system's gateway where there is no default sender for them", async () => {
    const [own, systems, smtp] = [await gateway(), await gateway(), await server()];
    await makeSender(institutionId, { port: smtp.port });
    await makeSender(institutionId, { port: own.port, type: "sms", config: config(own.api.url), isDefault: false });
    const id = await message("test", "sms", "+819011112222");
    expect(await workOff(outletsTo({ sms: systems.port }))).toBe(1);
    expect([own.api.calls.length, systems.api.calls.length, smtp.connections()]).toEqual([0, 1, 0]);
    expect(await getMessage(owner, { messageId: id })).toMatchObject({ state: "sent", sender: "system" });
  });
});

describe("what somebody waits for", () => {
  it.each([
    ["goes through the sender where it is merely busy", "full", true],
    ["goes through the system's where the sender hangs", "slow", false],
  ] as const)("R49: %s, and the rest waits", async (_, grant, throughIt) => {
    const own = await server();
    const senderId = await makeSender(institutionId, { port: own.port });
    const [urgent, notice] = [await enqueueInvitation(institutionId, "bob@example.com"), await message()];
    const claimed = await claimMessages(institutionId, await fetchJobs(10), () => grant);
    expect(claimed.map(({ id, route }) => [id, route?.senderId])).toEqual([[urgent, throughIt ? senderId : undefined]]);
    expect(await storedMessage(notice)).toMatchObject({ state: "queued", reason: "sender_busy", attempt: 0 });
  });

  it("R49: goes on at once through the system's where the sender's address is refused, and the rest is tried again", async () => {
    const [system, own] = [
      await mailServer(),
      await server({ script: (command) => (command.startsWith("MAIL") ? "550 5.7.60 not allowed to send as this" : undefined) }),
    ];
    const senderId = await makeSender(institutionId, { port: own.port });
    const [urgent, notice] = [await enqueueInvitation(institutionId, "bob@example.com"), await message()];
    expect(await workOff(system.outlets)).toBe(2);
    expect(await storedMessage(notice)).toMatchObject({ state: "queued", reason: "sender_rejected", attempt: 1 });
    expect((await storedMessage(notice)).waits_sec).toBeGreaterThan(10);
    expect(await workOff(system.outlets)).toBe(1);
    expect(await storedMessage(urgent)).toMatchObject({ state: "sent", attempt: 2 });
    expect(system.smtp.messages).toHaveLength(1);
    // the server answers: it is no fault of the way
    expect(await storedSender(senderId)).toMatchObject({ state: "active", failure_run: 0, last_failure_reason: "sender_rejected" });
  });
});

describe("several workers at one failing sender", () => {
  it("R49: open its circuit once, and tell its admins once that it was stopped", async () => {
    await makeMember(institutionId, "admin");
    const own = await server({ script: (command) => (command === "GREETING" ? DROP : undefined) });
    const senderId = await makeSender(institutionId, { port: own.port });
    const round = async () => {
      for (let index = 0; index < 18; index += 1) {
        await message();
      }
      await Promise.all([6, 6, 6].map((limit) => workOff(outletsTo({}), limit)));
    };
    await round();
    expect(await storedSender(senderId)).toMatchObject({ state: "active", failure_run: 18, openings: 1 });
    for (const openings of [2, 3]) {
      await asAdmin("UPDATE sender SET circuit_open_until = now() WHERE id = $1", [senderId]);
      await asAdmin("DELETE FROM pgboss.job");
      await round();
      expect(await storedSender(senderId)).toMatchObject({ openings });
    }
    expect(await storedSender(senderId)).toMatchObject({ state: "error", state_reason: "unreachable" });
    const [told] = await asAdmin<{ alerts: number; lines: number; audited: number }>(
      `SELECT (SELECT count(*)::int FROM message WHERE institution_id = $1 AND kind = 'sender_alert') AS alerts,
              (SELECT count(*)::int FROM inbox_item WHERE institution_id = $1 AND kind = 'sender_failed') AS lines,
              (SELECT count(*)::int FROM audit_event WHERE institution_id = $1 AND action = 'sender.error') AS audited`,
      [institutionId],
    );
    expect(told).toEqual({ alerts: 2, lines: 2, audited: 1 });
  });
});

describe("a good test", () => {
  let own: ScriptedSmtp;
  beforeEach(async () => {
    own = await server();
    // as an operator would open a relay on this machine
    const { reach } = env();
    reach.allowPlaintext = true;
    reach.allowCidrs.push("127.0.0.0/8");
    reach.allowPorts.push(own.port);
  });

  const test = async (senderId: string) => {
    await asAdmin("DELETE FROM rate_bucket WHERE key LIKE 'diagnosis:%'");
    const events = await Array.fromAsync(await diagnoseSender(owner, { senderId }));
    return events.flatMap((event) => (event.type === "result" ? [event.result.verdict] : []));
  };

  it("R49: by an admin makes a stopped sender active, and what waited goes", async () => {
    const senderId = await makeSender(institutionId, { port: own.port, state: "error" });
    const id = await message();
    await workOff(outletsTo({}));
    expect(await storedMessage(id)).toMatchObject({ state: "queued", reason: "sender_waiting" });
    expect(await test(senderId)).toEqual(["ok"]);
    expect(await storedSender(senderId)).toMatchObject({ state: "active" });
    expect(await wakeHeld()).toBe(1);
    expect(await workOff(outletsTo({}))).toBe(1);
    expect(own.messages).toHaveLength(1);
    expect((await storedMessage(id)).state).toBe("sent");
  });

  it("R49: of a change that nobody has proven says nothing of the settings in use", async () => {
    const failing = await server({ script: (command) => (command === "GREETING" ? DROP : undefined) });
    const senderId = await makeSender(institutionId, { port: own.port, state: "error", proven: failing.port });
    await asAdmin("UPDATE sender SET failure_run = 5, circuit_opened_at = ARRAY[now()], circuit_open_until = now() + interval '1 minute'");
    expect(await test(senderId)).toEqual(["ok"]);
    expect(await storedSender(senderId)).toMatchObject({ state: "error", failure_run: 5, circuit_open: true, openings: 1 });
  });
});
