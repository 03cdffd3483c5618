import { beforeEach, describe, expect, test } from "vitest";
import { fromBizId } from "@/lib/dialects/slaunchx/ids";
import type { Channel } from "@/lib/dialects/slaunchx/schemas";
import { env } from "@/lib/env";
import { getSender } from "@/lib/services/senders/get";
import { updateSender } from "@/lib/services/senders/update";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { markProven } from "@/tests/support/senders";
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
const audited = async () =>
  JSON.stringify(await asAdmin("SELECT before, after FROM audit_event WHERE institution_id = $1", [institutionId]));
const proven = async (channel: Channel) => markProven(senderId(channel));

describe("update", () => {
  test("changes what is given and nothing else; null is as absent", async () => {
    const made = await create();
    const changed = await update({
      bizId: made.bizId,
      channelName: "Second",
      channelRemark: null,
      emailConfig: { readTimeout: 5000, username: null },
    });
    expect(changed).toEqual({
      ...made,
      channelName: "Second",
      emailConfig: { ...made.emailConfig, readTimeout: 5000 },
      updatedAt: changed.updatedAt,
    });
    expect(await update({ bizId: made.bizId })).toEqual(changed);
    const remarked = await update({ bizId: made.bizId, channelRemark: "for invoices" });
    expect(remarked.channelRemark).toBe("for invoices");
    expect((await update({ bizId: made.bizId, channelRemark: "" })).channelRemark).toBeNull();
  });

  test("what the console made without a name, a host or a user can be sent back as it was read; nothing else is emptied", async () => {
    const made = await create();
    env().reach.allowPlaintext = true;
    await asAdmin("UPDATE sender SET host = NULL, from_name = NULL WHERE institution_id = $1", [institutionId]);
    await updateSender(admin, {
      senderId: senderId(made),
      whole: true,
      config: { host: "smtp.example.com", port: 587, security: "none", auth: "none" },
    });
    const [read] = (await client.done<{ content: Channel[] }>("channels/query")).content;
    expect(read?.emailConfig).toMatchObject({ senderName: "", username: "" });
    const { emailConfig, channelHost } = await update({ ...read, channelName: "Renamed" });
    expect({ emailConfig, channelHost }).toEqual({ emailConfig: read?.emailConfig, channelHost: read?.channelHost });
    expect(await stored(made)).toMatchObject({ name: "Renamed", host: null, fromName: null });
    const moved = await update({ bizId: made.bizId, emailConfig: { smtpHost: "mail.example.com" } });
    expect(moved.channelHost).toBe("mail.example.com");
    await update({ bizId: made.bizId, emailConfig: { senderName: "Harbour" } });
    const emptied = { bizId: made.bizId, emailConfig: { senderEmail: "", senderName: " ", username: "" } };
    expect(await client.failed("channels/command/update", emptied)).toMatchObject({
      status: 400,
      errors: ["emailConfig.senderEmail", "emailConfig.senderName"],
    });
  });

  test("what was read can be sent back as it is, and changes nothing", async () => {
    const made = await create();
    await proven(made);
    const [active] = (await client.done<{ content: Channel[] }>("channels/query")).content;
    const after = await update({ ...active });
    expect(after).toEqual(active);
    expect(after.channelStatus).toBe("ACTIVE");
    expect((await stored(made)).revision).toBe(1);
  });

  test.each([
    ["smtpHost", "mail.attacker.example"],
    ["smtpPort", 2525],
    ["username", "somebody@example.com"],
  ])("R44: another %s wants the password again, given as its mask or not at all", async (field, value) => {
    const { bizId } = await create();
    for (const password of [undefined, null, "******", " ****** "]) {
      const refused = await client.failed("channels/command/update", { bizId, emailConfig: { [field]: value, password } });
      expect(refused, String(password)).toMatchObject({ status: 400, code: "4000", errors: ["emailConfig.password"] });
    }
    const changed = await update({ bizId, emailConfig: { [field]: value, password: "another one" } });
    expect(changed.emailConfig).toMatchObject({ [field]: value, password: "******" });
  });

  test("R44: another way to TLS wants it again too; the mask is never stored", async () => {
    const made = await create();
    const flags = { useSsl: false, useStartTls: true };
    expect(
      await client.failed("channels/command/update", { bizId: made.bizId, emailConfig: { ...flags, password: "******" } }),
    ).toMatchObject({
      code: "4000",
      errors: ["emailConfig.password"],
    });
    expect(await client.failed("channels/command/update", { bizId: made.bizId, emailConfig: { useStartTls: true } })).toMatchObject({
      errors: ["emailConfig.useStartTls"],
    });
    const changed = await update({ bizId: made.bizId, emailConfig: { ...flags, password: PASSWORD } });
    expect(changed.emailConfig).toMatchObject(flags);
    expect(
      (await update({ bizId: made.bizId, emailConfig: { ...flags, password: "******", readTimeout: 2000 } })).emailConfig.readTimeout,
    ).toBe(2000);
    expect((await stored(made)).secrets.map(({ field }) => field)).toEqual(["password"]);
  });

  test("R45: no answer, no audit row and no refusal holds a password", async () => {
    const { bizId } = await create();
    const texts = [
      await (await client.send("channels/command/update", { bizId, emailConfig: { password: "a second secret" } })).text(),
      await (await client.send("channels/command/update", { bizId, emailConfig: { password: "a second secret", smtpPort: 0 } })).text(),
      await (await client.send("channels/query")).text(),
      await audited(),
    ];
    for (const text of texts) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain("a second secret");
    }
  });

  test("without TLS it goes without a password, where the operator allows it; with TLS again it wants one", async () => {
    const made = await create();
    const plain = { useSsl: false, useStartTls: false };
    const refused = await client.failed("channels/command/update", { bizId: made.bizId, emailConfig: { ...plain, password: PASSWORD } });
    expect(refused).toMatchObject({ code: "4000", errors: ["emailConfig.useSsl"] });
    env().reach.allowPlaintext = true;
    await update({ bizId: made.bizId, emailConfig: { ...plain, password: PASSWORD } });
    expect((await stored(made)).config).toMatchObject({ security: "none", auth: "none" });
    expect((await stored(made)).secrets).toEqual([]);
    expect(await client.failed("channels/command/update", { bizId: made.bizId, emailConfig: { useSsl: true } })).toMatchObject({
      errors: ["emailConfig.password"],
    });
    await update({ bizId: made.bizId, emailConfig: { useSsl: true, password: PASSWORD } });
    expect((await stored(made)).config).toMatchObject({ security: "tls", auth: "password" });
  });

  test.each([
    ["channelName", ""],
    ["channelName", "x".repeat(256)],
    ["channelHost", "x".repeat(513)],
    ["channelStatus", "DONE"],
    ["channelStatus", "ERROR"],
    ["bizId", undefined],
  ])("%s of %j is 4000, and nothing is changed", async (field, value) => {
    const made = await create();
    const refused = await client.failed("channels/command/update", { bizId: made.bizId, channelRemark: "changed", [field]: value });
    expect(refused).toMatchObject({ status: 400, code: "4000", errors: [field] });
    expect((await stored(made)).remark).toBeNull();
  });

  test("channelStatus switches off; PENDING where it is pending says nothing new", async () => {
    const { bizId } = await create();
    expect((await update({ bizId, channelStatus: "PENDING" })).channelStatus).toBe("PENDING");
    expect((await update({ bizId, channelStatus: "INACTIVE", channelName: "Off" })).channelStatus).toBe("INACTIVE");
    expect((await update({ bizId, channelStatus: "INACTIVE" })).channelName).toBe("Off");
  });

  test("two at once: one after the other, and both are kept", async () => {
    const made = await create();
    await Promise.all([
      update({ bizId: made.bizId, channelName: "New" }),
      update({ bizId: made.bizId, channelRemark: "new" }),
      update({ bizId: made.bizId, emailConfig: { senderName: "Newer" } }),
    ]);
    expect(await stored(made)).toMatchObject({ name: "New", remark: "new", fromName: "Newer" });
  });
});
