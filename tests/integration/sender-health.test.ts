import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { deliverMessage } from "@/lib/services/messages/deliver";
import { finishMessages } from "@/lib/services/messages/finish";
import { systemContext } from "@/lib/services/messages/system-context";
import { wakeHeld } from "@/lib/services/messages/wake";
import { healSender } from "@/lib/services/senders/heal";
import { makeCertificate } from "@/tests/support/certificate";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { server } from "@/tests/support/mail-conversation";
import {
  asAdmin,
  claimNext,
  deliverablePoint,
  enqueueInvitation,
  enqueueTo,
  mailServer,
  outletsTo,
  passTime,
  senderOutlets,
  storedMessage,
  workOff,
} from "@/tests/support/outbox";
import { DROP, type Script } from "@/tests/support/scripted-smtp";
import { enqueueSenderVerification, makeSender, plainSmtp, storedSender } from "@/tests/support/sender-rows";

let institutionId: string;
let owner: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  await asAdmin("DELETE FROM pgboss.job");
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
});
afterAll(closePrisma);

/** A notice to somebody else each time: five to one contact point would wait for each other. */
async function notice(): Promise<string> {
  const to = "ann@example.com";
  const { actor } = await makeMember(institutionId);
  const contactPointId = await deliverablePoint(institutionId, actor.subscriberId, to);
  return enqueueTo({ institutionId, contactPointId, to, kind: "notice" });
}

async function notices(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await notice());
  }
  return ids;
}

/** One message after the other, so that each failure is seen before the next attempt. */
async function oneByOne(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await notice();
    await workOff(outletsTo({}));
  }
}

/** A mail server with an account, over TLS. */
async function accountServer(script: Script) {
  const certificate = makeCertificate("127.0.0.1");
  const own = await server({ certificate, implicitTls: true, extensions: ["AUTH PLAIN LOGIN"], script });
  const config = { ...plainSmtp(own.port), security: "tls", auth: "password", username: "desk", password: undefined, ca: certificate.cert };
  return { own, config, secrets: { password: "not the one" } };
}

describe("the circuit of a sender", () => {
  it("R49: opens after five failures to get through in a row, for a minute", async () => {
    const own = await server({ script: (command) => (command === "GREETING" ? DROP : undefined) });
    const senderId = await makeSender(institutionId, { port: own.port });
    await oneByOne(4);
    expect(await storedSender(senderId)).toMatchObject({ failure_run: 4, circuit_open: false, last_failure_reason: "connect_failed" });
    await oneByOne(1);
    expect(await storedSender(senderId)).toMatchObject({ state: "active", failure_run: 5, circuit_open: true, openings: 1 });
    const tried = own.connections();
    const waits = await notice();
    expect(await workOff(outletsTo({}))).toBe(0);
    expect(await storedMessage(waits)).toMatchObject({ reason: "sender_waiting", attempt: 0 });
    expect(own.connections()).toBe(tried);
    await asAdmin("UPDATE sender SET circuit_open_until = circuit_open_until - interval '1 minute' WHERE id = $1", [senderId]);
    expect(await wakeHeld()).toBe(1);
    expect(await workOff(outletsTo({}))).toBe(1);
  });

  it("R49: what was under way while it opened does not count twice", async () => {
    const own = await server({ script: (command) => (command === "GREETING" ? DROP : undefined) });
    const senderId = await makeSender(institutionId, { port: own.port });
    await notices(12);
    await workOff(outletsTo({}));
    expect(await storedSender(senderId)).toMatchObject({ failure_run: 12, circuit_open: true, openings: 1, state: "active" });
  });

  it("R49: a server that answers, whatever it says, ends the run", async () => {
    let down = true;
    const own = await server({
      script: (command) => {
        if (command === "GREETING") return down ? DROP : undefined;
        return command.startsWith("RCPT") ? "451 4.7.1 later" : undefined;
      },
    });
    const senderId = await makeSender(institutionId, { port: own.port });
    await oneByOne(4);
    down = false;
    await oneByOne(1);
    expect(await storedSender(senderId)).toMatchObject({ failure_run: 0, circuit_open: false, last_failure_reason: "temporary" });
  });

  it("R49: three within an hour stop the sender, and its admins are told by another way", async () => {
    const admin = await makeMember(institutionId, "admin");
    await makeMember(institutionId);
    const own = await server({ script: (command) => (command === "GREETING" ? DROP : undefined) });
    const senderId = await makeSender(institutionId, { port: own.port });
    for (const openings of [1, 2]) {
      await oneByOne(5);
      expect(await storedSender(senderId)).toMatchObject({ state: "active", openings });
      await asAdmin("UPDATE sender SET circuit_open_until = now() WHERE id = $1", [senderId]);
    }
    await oneByOne(5);
    expect(await storedSender(senderId)).toMatchObject({ state: "error", state_reason: "unreachable", openings: 3 });

    const system = await mailServer();
    await asAdmin("DELETE FROM pgboss.job WHERE data->>'messageId' NOT IN (SELECT id::text FROM message WHERE kind = 'sender_alert')");
    expect(await workOff(system.outlets)).toBe(2);
    const told = system.smtp.messages.map((message) => /^To: (.+)$/im.exec(message)?.[1]).sort();
    expect(told).toEqual([admin.actor.email, owner.actor.email].sort());
    const lines = await asAdmin("SELECT subscriber_id, data FROM inbox_item WHERE institution_id = $1 AND kind = 'sender_failed'", [
      institutionId,
    ]);
    expect(lines.map(({ subscriber_id }) => subscriber_id).sort()).toEqual([admin.actor.subscriberId, owner.actor.subscriberId].sort());
    expect(lines[0]?.["data"]).toEqual({ label: "Front desk", senderId, reason: "unreachable" });
    expect(await asAdmin("SELECT outcome, after FROM audit_event WHERE action = 'sender.error' AND object_id = $1", [senderId])).toEqual([
      { outcome: "failed", after: { name: "Front desk", state: "error", reason: "unreachable" } },
    ]);
  });

  it("R49: three further apart than an hour do not", async () => {
    const own = await server({ script: (command) => (command === "GREETING" ? DROP : undefined) });
    const senderId = await makeSender(institutionId, { port: own.port });
    for (let opening = 0; opening < 4; opening += 1) {
      await oneByOne(5);
      await asAdmin(
        `UPDATE sender SET circuit_open_until = now(), circuit_opened_at = ARRAY(SELECT o - interval '31 minutes' FROM unnest(circuit_opened_at) o)
          WHERE id = $1`,
        [senderId],
      );
    }
    expect(await storedSender(senderId)).toMatchObject({ state: "active", openings: 2 });
  });
});

describe("a refused account", () => {
  const refuses: Script = (command) => (command.startsWith("AUTH") ? "535 5.7.8 bad credentials" : undefined);

  it("R49: stops the sender with what the server said; what was to go waits, and a verification goes at once through the system's", async () => {
    const { own, config, secrets } = await accountServer(refuses);
    const system = await mailServer();
    const senderId = await makeSender(institutionId, { port: own.port, config, secrets });
    const [waits, urgent] = [await notice(), await enqueueInvitation(institutionId, "bob@example.com")];
    expect(await workOff(system.outlets)).toBe(2);
    expect(await storedSender(senderId)).toMatchObject({
      state: "error",
      state_reason: "auth_failed",
      state_reply: "535 5.7.8 bad credentials",
      last_failure_reason: "auth_failed",
    });
    // the invitation, and the alert to the owner
    expect(await workOff(system.outlets)).toBe(2);
    expect(await storedMessage(urgent)).toMatchObject({ state: "sent", attempt: 2 });
    expect(await asAdmin("SELECT sender_id FROM message WHERE id = $1", [urgent])).toEqual([{ sender_id: null }]);
    expect(system.smtp.messages.some((message) => message.includes("535 5.7.8 bad credentials"))).toBe(true);
    await passTime(20);
    expect(await workOff(system.outlets)).toBe(0);
    expect(await storedMessage(waits)).toMatchObject({ state: "queued", attempt: 1, reason: "sender_waiting" });
  });

  it("R49: a good test heals it, and what waited goes", async () => {
    let good = false;
    const { own, config, secrets } = await accountServer((command) => (good ? undefined : refuses(command, { connection: 1, tls: true })));
    const senderId = await makeSender(institutionId, { port: own.port, config, secrets });
    const id = await notice();
    await workOff(outletsTo({}));
    await notice();
    await workOff(outletsTo({}));
    expect(await storedSender(senderId)).toMatchObject({ state: "error", held: true });
    good = true;
    expect(await inInstitution(institutionId, (tx) => healSender(tx, systemContext(), institutionId, senderId))).toBe(true);
    expect(await storedSender(senderId)).toMatchObject({ state: "active", state_reason: null, failure_run: 0, openings: 0 });
    expect(await wakeHeld()).toBe(2);
    await asAdmin("DELETE FROM pgboss.job WHERE data->>'messageId' IN (SELECT id::text FROM message WHERE kind = 'sender_alert')");
    expect(await workOff(outletsTo({}))).toBe(2);
    expect((await storedMessage(id)).state).toBe("sent");
    expect(await asAdmin("SELECT 1 FROM audit_event WHERE action = 'sender.healed' AND object_id = $1", [senderId])).toHaveLength(1);
    expect(await inInstitution(institutionId, (tx) => healSender(tx, systemContext(), institutionId, senderId))).toBe(false);
  });

  it("R49: one that was switched off is not switched on by a good test", async () => {
    const senderId = await makeSender(institutionId, { port: 9, state: "inactive" });
    expect(await inInstitution(institutionId, (tx) => healSender(tx, systemContext(), institutionId, senderId))).toBe(false);
    expect((await storedSender(senderId)).state).toBe("inactive");
  });

  it("R49: of settings that are only tried out stops nothing, and is told to who tries them", async () => {
    const { own, config, secrets } = await accountServer(refuses);
    const senderId = await makeSender(institutionId, { port: own.port, config, secrets });
    const id = await enqueueSenderVerification(institutionId, senderId, "admin@example.com");
    await workOff(outletsTo({}));
    expect(await storedMessage(id)).toMatchObject({ state: "refused", reason: "auth_failed", reply: "535 5.7.8 bad credentials" });
    expect(await storedSender(senderId)).toMatchObject({ state: "active", failure_run: 0 });
  });

  it("R49: of settings that have changed meanwhile says nothing of the new ones", async () => {
    const { own, config, secrets } = await accountServer(refuses);
    const senderId = await makeSender(institutionId, { port: own.port, config, secrets });
    await notice();
    const [claimed] = await claimNext();
    // as an admin who enters another password, and proves it
    await asAdmin("UPDATE sender SET revision = 2, proven_revision = 2 WHERE id = $1", [senderId]);
    const attempt = claimed && (await deliverMessage(outletsTo({}), senderOutlets(), claimed));
    expect(attempt?.result).toMatchObject({ outcome: "refused", reason: "auth_failed" });
    await finishMessages(institutionId, attempt ? [attempt] : []);
    expect(await storedSender(senderId)).toMatchObject({ state: "active", failure_run: 0 });
  });
});

describe("what a sender's page tells", () => {
  it("a day counts what was sent and what failed, by all workers", async () => {
    let refused = 0;
    const own = await server({
      script: (command) => (command.startsWith("RCPT") && refused++ % 3 === 0 ? "550 5.1.1 no such user" : undefined),
    });
    const senderId = await makeSender(institutionId, { port: own.port });
    await notices(30);
    await Promise.all([workOff(outletsTo({})), workOff(outletsTo({})), workOff(outletsTo({}))]);
    expect(
      await asAdmin("SELECT sent, failed, day = (now() AT TIME ZONE 'UTC')::date AS today FROM sender_day WHERE sender_id = $1", [
        senderId,
      ]),
    ).toEqual([{ sent: 20, failed: 10, today: true }]);
    // wrong addresses are not the sender's failure
    expect(await storedSender(senderId)).toMatchObject({ failure_run: 0, last_failure_reason: null, succeeded: true });
  });

  it("R50: stored settings that do not open stop the sender", async () => {
    const own = await server();
    const { config } = await accountServer(() => undefined);
    const senderId = await makeSender(institutionId, { port: own.port, config, secrets: { password: "x" } });
    await asAdmin("UPDATE integration SET secrets_version = 7 WHERE institution_id = $1", [institutionId]);
    const id = await notice();
    await workOff(outletsTo({}));
    expect(await storedSender(senderId)).toMatchObject({ state: "error", state_reason: "unreadable" });
    expect((await storedMessage(id)).state).toBe("queued");
    expect(await asAdmin("SELECT 1 FROM audit_event WHERE action = 'crypt_decrypt_fail' AND object_id = $1", [senderId])).not.toEqual([]);
  });
});
