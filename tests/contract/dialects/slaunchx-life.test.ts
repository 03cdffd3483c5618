import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { fromBizId, toBizId } from "@/lib/dialects/slaunchx/ids";
import { type Channel, ChannelAnswer, DeletedAnswer } from "@/lib/dialects/slaunchx/schemas";
import { env } from "@/lib/env";
import { wakeHeld } from "@/lib/services/messages/wake";
import { createSender } from "@/lib/services/senders/create";
import { getSender } from "@/lib/services/senders/get";
import { updateSender } from "@/lib/services/senders/update";
import { makeCertificate } from "@/tests/support/certificate";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { atEnd, server } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint, enqueueTo, storedMessage, mailServer as systemMail, testReach, workOff } from "@/tests/support/outbox";
import { makeKey } from "@/tests/support/programs";
import type { ScriptedSmtp, ScriptedSmtpOptions } from "@/tests/support/scripted-smtp";
import { addSmtp, markProven, waitingCode } from "@/tests/support/senders";
import { type SlaunchxClient, sample, slaunchxClient } from "@/tests/support/slaunchx";

const PASSWORD = "a password that nobody guesses";

let institutionId: string;
let admin: Awaited<ReturnType<typeof makeMember>>;
let client: SlaunchxClient;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  env().reach.allowCidrs.splice(0);
  env().reach.allowPlaintext = false;
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  client = await slaunchxClient(admin);
});

const create = (email: object = {}, more: object = {}) =>
  client.done("channels/command/create", sample(client.institutionBizId, more, email));
const update = (body: object) => client.done("channels/command/update", body);
const senderId = ({ bizId }: Channel) => fromBizId("channel", bizId) ?? "";
const stored = async (channel: Channel) => getSender(admin, { senderId: senderId(channel) });
const proven = async (channel: Channel) => markProven(senderId(channel));

describe("activate", () => {
  /** A mail server on this machine, as an operator would open a relay there. */
  async function mailServer(options: ScriptedSmtpOptions): Promise<ScriptedSmtp> {
    const smtp = await server(options);
    env().reach.allowCidrs.push("127.0.0.0/8");
    env().reach.allowPorts.push(smtp.port);
    testReach.allowPorts.push(smtp.port);
    atEnd(() => env().reach.allowCidrs.splice(0));
    return smtp;
  }
  const certificate = makeCertificate("127.0.0.1");
  const ownAddress = () => deliverablePoint(institutionId, admin.actor.subscriberId, "ann@example.com");

  async function channelAt(smtp: ScriptedSmtp, email: object): Promise<Channel> {
    const made = await create({ smtpHost: "127.0.0.1", smtpPort: smtp.port, ...email });
    await updateSender(admin, { senderId: senderId(made), config: { ca: certificate.cert, password: PASSWORD } });
    return made;
  }

  test("R43, R49: over STARTTLS up to the recipient, and not a byte of the password in clear", async () => {
    const smtp = await mailServer({ extensions: ["STARTTLS"], securedExtensions: ["AUTH PLAIN LOGIN"], certificate });
    await ownAddress();
    const made = await channelAt(smtp, { useSsl: false, useStartTls: true });
    const active = await client.done("channels/command/activate", { bizId: made.bizId });
    expect(active).toEqual({ ...made, channelStatus: "ACTIVE", updatedAt: active.updatedAt, updatedBy: active.updatedBy });
    expect(smtp.commands.some((line) => /^RCPT TO:<ann@example\.com>/i.test(line))).toBe(true);
    expect(smtp.messages).toEqual([]);
    expect(smtp.inClear()).not.toMatch(/AUTH/i);
    const commands = smtp.commands.length;
    expect((await client.done("channels/command/activate", { bizId: made.bizId })).channelStatus).toBe("ACTIVE");
    expect(smtp.commands).toHaveLength(commands);
  });

  test("the page's own mismatch, useSsl on a port that starts with STARTTLS, is stored, and the diagnosis names it", async () => {
    const smtp = await mailServer({ extensions: ["STARTTLS"], certificate });
    await ownAddress();
    const made = await channelAt(smtp, { useSsl: true });
    const headers = { "accept-language": "en" };
    const refused = await client.failed("channels/command/activate", { bizId: made.bizId }, { headers });
    expect(refused).toMatchObject({ status: 409, code: "4090" });
    expect(refused.message).toContain("Choose STARTTLS");
    expect(await stored(made)).toMatchObject({ state: "pending", diagnosis: { verdict: "failed", problem: "tls_on_plain_port" } });
    expect(smtp.inClear()).not.toMatch(/AUTH/i);
  });

  test("R43: without TLS, where it is allowed, nothing signs in", async () => {
    const smtp = await mailServer({ extensions: ["AUTH PLAIN LOGIN"] });
    env().reach.allowPlaintext = true;
    await ownAddress();
    const made = await create({ smtpHost: "127.0.0.1", smtpPort: smtp.port, useSsl: false, useStartTls: false });
    expect((await client.done("channels/command/activate", { bizId: made.bizId })).channelStatus).toBe("ACTIVE");
    expect(smtp.inClear()).toMatch(/MAIL FROM/);
    expect(smtp.inClear()).not.toMatch(/AUTH/i);
  });

  test("what is wrong is said in the reader's language, and leaves the channel as it was", async () => {
    const smtp = await mailServer({
      extensions: ["STARTTLS"],
      certificate,
      script: (line) => (/^MAIL/i.test(line) ? "550 5.7.1 no" : undefined),
    });
    await ownAddress();
    const made = await channelAt(smtp, { useSsl: false, useStartTls: true });
    const headers = { "accept-language": "ja" };
    const refused = await client.failed("channels/command/activate", { bizId: made.bizId }, { headers });
    expect(refused).toMatchObject({ status: 409, code: "4090", message: expect.stringMatching(/^この送信元のテストに失敗した.+。.+。/) });
    expect((await stored(made)).state).toBe("pending");
    // one test a minute for a sender
    expect(await client.failed("channels/command/activate", { bizId: made.bizId })).toMatchObject({ status: 429, code: "4290" });
  });

  test("R54: a retry with one key gets the first answer, and no server is asked again", async () => {
    const smtp = await mailServer({ extensions: ["STARTTLS"], securedExtensions: ["AUTH PLAIN"], certificate });
    await ownAddress();
    const { bizId } = await channelAt(smtp, { useSsl: false, useStartTls: true });
    const headers = { "idempotency-key": "activate-1" };
    const active = await client.done("channels/command/activate", { bizId }, { headers });
    await client.done("channels/command/deactivate", { bizId });
    expect(await client.done("channels/command/activate", { bizId }, { headers })).toEqual(active);
    expect(smtp.connections()).toBe(1);
    expect((await client.done<{ content: Channel[] }>("channels/query")).content[0]?.channelStatus).toBe("INACTIVE");
  });

  test("R49: what its institution sends while it is inactive waits, and leaves through it once it is active", async () => {
    const smtp = await mailServer({ extensions: ["STARTTLS"], securedExtensions: ["AUTH PLAIN"], certificate });
    const contactPointId = await ownAddress();
    const made = await channelAt(smtp, { useSsl: false, useStartTls: true });
    await client.done("channels/command/activate", { bizId: made.bizId });
    await asAdmin("UPDATE sender SET is_default = true WHERE id = $1", [senderId(made)]);
    await client.done("channels/command/deactivate", { bizId: made.bizId });
    const messageId = await enqueueTo({ institutionId, contactPointId, to: "ann@example.com" });
    const system = await systemMail();
    await workOff(system.outlets);
    expect([smtp.messages, system.smtp.messages]).toEqual([[], []]);
    expect((await storedMessage(messageId)).state).toBe("queued");
    await asAdmin("DELETE FROM rate_bucket WHERE key LIKE 'diagnosis:%'");
    await client.done("channels/command/activate", { bizId: made.bizId });
    await wakeHeld();
    await workOff(system.outlets);
    expect(system.smtp.messages).toEqual([]);
    expect(smtp.messages).toHaveLength(1);
    expect((await storedMessage(messageId)).state).toBe("sent");
  });

  test("without an address of one's own there is nobody to ask for: 4090", async () => {
    const { bizId } = await create();
    expect(await client.failed("channels/command/activate", { bizId })).toMatchObject({ status: 409, code: "4090" });
  });

  test("as a status of an update: what else changes is kept, whether or not that succeeds", async () => {
    const smtp = await mailServer({ extensions: ["STARTTLS"], securedExtensions: ["AUTH PLAIN"], certificate });
    const made = await channelAt(smtp, { useSsl: false, useStartTls: true });
    const body = { bizId: made.bizId, channelName: "Renamed", channelStatus: "ACTIVE" };
    expect(await client.failed("channels/command/update", body)).toMatchObject({ code: "4090" });
    expect(await stored(made)).toMatchObject({ name: "Renamed", state: "pending" });
    await ownAddress();
    expect(await update(body)).toMatchObject({ channelName: "Renamed", channelStatus: "ACTIVE" });
  });
});

describe("deactivate and delete", () => {
  test("switches off at once, twice as once", async () => {
    const made = await create();
    await proven(made);
    const off = await client.done("channels/command/deactivate", { bizId: made.bizId });
    expect(off.channelStatus).toBe("INACTIVE");
    expect((await client.done("channels/command/deactivate", { bizId: made.bizId })).channelStatus).toBe("INACTIVE");
  });

  test("takes the sender and its account away, the password with it", async () => {
    const { bizId } = await create();
    const answer = await client.send("channels/command/delete", { bizId });
    expect(await answer.text()).toBe('{"code":"2000","message":"SUCCESS","data":null}');
    expect(DeletedAnswer.safeParse({ code: "2000", message: "SUCCESS", data: null }).success).toBe(true);
    expect(await asAdmin("SELECT 1 FROM integration WHERE institution_id = $1", [institutionId])).toEqual([]);
    expect(await client.failed("channels/command/delete", { bizId })).toMatchObject({ status: 404, code: "4040" });
  });

  test("what depends on it refuses: 4090 with the reason", async () => {
    const [made] = [await create(), await create()];
    await asAdmin("UPDATE sender SET is_default = true WHERE id = $1", [senderId(made)]);
    expect(await client.failed("channels/command/delete", { bizId: made.bizId })).toMatchObject({ status: 409, code: "4090" });
  });
});

describe("whose it is", () => {
  const REFS = ["update", "activate", "deactivate", "delete"].map((name) => `channels/command/${name}`);

  test.each(REFS)("R61: %s answers another institution's channel as an unknown and a malformed one, byte by byte", async (what) => {
    const theirs = await makeMember(await makeInstitution(), "owner");
    const foreign = await addSmtp(theirs);
    const answers = await Promise.all(
      [foreign.id, newId()]
        .map((id) => toBizId("channel", id))
        .concat("ch_abc123", foreign.id)
        .map(async (bizId) => {
          const response = await client.send(what, { bizId, channelName: "Ours now" });
          return `${response.status} ${await response.text()}`;
        }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^404 .*"code":"4040"/);
    expect(await getSender(theirs, { senderId: foreign.id })).toEqual(foreign);
  });

  test("other kinds of senders are not there", async () => {
    const text = await createSender(admin, {
      name: "Texts",
      provider: "vonage",
      config: { apiKey: "a1b2c3d4", apiSecret: "0123456789abcdef" },
      fromNumber: "+819012345678",
    });
    for (const what of REFS) {
      expect(await client.failed(what, { bizId: toBizId("channel", text.id) })).toMatchObject({ code: "4040" });
    }
    expect(await client.done("channels/query")).toMatchObject({ content: [], totalElements: 0 });
  });

  test("one that was made elsewhere is there, with the server as its host and nobody as its maker where it was a program", async () => {
    await addSmtp(admin);
    const { key } = await makeKey(institutionId);
    expect(key).toMatch(/^sk_/);
    await asAdmin("UPDATE sender SET created_by_id = NULL, from_name = NULL WHERE institution_id = $1", [institutionId]);
    const { content } = await client.done<{ content: Channel[] }>("channels/query");
    expect(content).toMatchObject([
      { channelHost: "smtp.example.com", createdBy: null, emailConfig: { senderName: "", password: "******" } },
    ]);
    ChannelAnswer.parse({ code: "2000", message: "SUCCESS", data: content[0] });
  });

  test("one that is made here can be proven in the console, and is active here at once", async () => {
    const made = await create();
    const { startSenderVerification } = await import("@/lib/services/senders/start-verification");
    const { submitSenderCode } = await import("@/lib/services/senders/submit-code");
    await startSenderVerification(admin, { senderId: senderId(made) });
    await submitSenderCode(admin, { senderId: senderId(made), code: (await waitingCode(senderId(made))).code });
    const { content } = await client.done<{ content: Channel[] }>("channels/query", { channelStatus: "ACTIVE" });
    expect(content.map(({ bizId }) => bizId)).toEqual([made.bizId]);
  });
});
