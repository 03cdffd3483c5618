import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { ChannelAnswer } from "@/lib/dialects/slaunchx/schemas";
import { env } from "@/lib/env";
import { exportAudit } from "@/lib/services/audit/export";
import { listAudit } from "@/lib/services/audit/list";
import { listSenders } from "@/lib/services/senders/list";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { FORGED } from "@/tests/support/refused-bodies";
import { type Envelope, type SlaunchxClient, sample, slaunchxClient } from "@/tests/support/slaunchx";

const CREATE = "channels/command/create";
const PASSWORD = "a password that nobody guesses";

let institutionId: string;
let admin: Awaited<ReturnType<typeof makeMember>>;
let client: SlaunchxClient;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  env().limits.sendersPerInstitution = 20;
  env().reach.allowPlaintext = false;
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  client = await slaunchxClient(admin);
});

const count = async () =>
  (await asAdmin<{ n: number }>("SELECT count(*)::int AS n FROM sender WHERE institution_id = $1", [institutionId]))[0]?.n;
const create = (more: object = {}, email: object = {}) => client.done(CREATE, sample(client.institutionBizId, more, email));

describe("create", () => {
  test("the page's own request gets the page's answer, field by field in its order", async () => {
    const response = await client.send(CREATE, sample(client.institutionBizId));
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
    const text = await response.text();
    const { data } = ChannelAnswer.parse(JSON.parse(text));
    const expected = {
      code: "2000",
      message: "SUCCESS",
      data: {
        bizId: data.bizId,
        institutionBizId: client.institutionBizId,
        channelName: "Main Email",
        channelRemark: null,
        channelHost: "smtp.example.com",
        channelCategory: "EMAIL",
        channelStatus: "PENDING",
        emailConfig: {
          smtpHost: "smtp.example.com",
          smtpPort: 587,
          senderEmail: "noreply@example.com",
          senderName: "Acme Corp",
          username: "noreply@example.com",
          password: "******",
          useSsl: true,
          useStartTls: false,
          connectionTimeout: 10000,
          readTimeout: 30000,
        },
        createdAt: data.createdAt,
        updatedAt: data.updatedAt,
        createdBy: toBizId("user", admin.actor.userId),
        updatedBy: toBizId("user", admin.actor.userId),
      },
    };
    expect(text).toBe(JSON.stringify(expected));
    expect(data.bizId).toMatch(/^ch_[0-9a-z]+$/);
    expect(data.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test("it is one sender on one integration, which the console shows at once", async () => {
    const { bizId } = await create({ channelRemark: "for invoices" });
    const { items } = await listSenders(admin, {});
    expect(items).toMatchObject([
      {
        name: "Main Email",
        remark: "for invoices",
        host: "smtp.example.com",
        provider: "smtp",
        destination: "smtp.example.com:587",
        fromAddress: "noreply@example.com",
        fromName: "Acme Corp",
        state: "pending",
        integration: { senders: 1 },
      },
    ]);
    expect(toBizId("channel", items[0]?.id ?? "")).toBe(bizId);
  });

  test.each([
    ["true, false", { useSsl: true, useStartTls: false }, "tls"],
    ["left out", {}, "tls"],
    ["null", { useSsl: null, useStartTls: null }, "tls"],
    ["false, true", { useSsl: false, useStartTls: true }, "starttls"],
  ])("R43: useSsl and useStartTls %s", async (_, flags, security) => {
    const { emailConfig } = await create({}, flags);
    expect([emailConfig.useSsl, emailConfig.useStartTls]).toEqual([security === "tls", security === "starttls"]);
    const [row] = await asAdmin<{ config: object }>("SELECT config FROM integration WHERE institution_id = $1", [institutionId]);
    expect(row?.config).toMatchObject({ security });
  });

  test("R43: both are refused, and neither unless the operator allows mail without TLS, which then goes without a password", async () => {
    const both = sample(client.institutionBizId, {}, { useSsl: true, useStartTls: true });
    expect(await client.failed(CREATE, both)).toMatchObject({ status: 400, code: "4000", errors: ["emailConfig.useStartTls"] });
    const neither = sample(client.institutionBizId, {}, { useSsl: false, useStartTls: false });
    expect(await client.failed(CREATE, neither)).toMatchObject({ status: 400, code: "4000", errors: ["emailConfig.useSsl"] });
    env().reach.allowPlaintext = true;
    const { emailConfig } = await client.done(CREATE, neither);
    expect(emailConfig).toMatchObject({ useSsl: false, useStartTls: false, username: "noreply@example.com", password: "******" });
    const [row] = await asAdmin<{ config: object; secrets: string | null; secret_facts: object }>(
      "SELECT config, secrets, secret_facts FROM integration WHERE institution_id = $1",
      [institutionId],
    );
    expect(row?.config).toMatchObject({ security: "none", auth: "none" });
    expect(row?.secret_facts).toEqual({});
  });

  test.each([
    ["institutionBizId", undefined],
    ["institutionBizId", ""],
    ["institutionBizId", "x".repeat(65)],
    ["channelName", undefined],
    ["channelName", null],
    ["channelName", "   "],
    ["channelName", "x".repeat(256)],
    ["channelName", "a\u202eb"],
    ["channelName", 7],
    ["channelRemark", "x".repeat(256)],
    ["channelHost", undefined],
    ["channelHost", "x".repeat(513)],
    ["channelCategory", undefined],
    ["channelCategory", "SMS"],
    ["channelCategory", "email"],
    ["emailConfig", undefined],
    ["emailConfig", null],
    ["emailConfig", []],
  ])("%s of %j is 4000 at its field, and nothing is made", async (field, value) => {
    const refused = await client.failed(CREATE, sample(client.institutionBizId, { [field]: value }));
    expect(refused).toMatchObject({ status: 400, code: "4000", errors: [field] });
    expect(await count()).toBe(0);
  });

  test.each([
    ["smtpHost", undefined],
    ["smtpHost", ""],
    ["smtpHost", "ann@example.com"],
    ["smtpHost", "https://smtp.example.com"],
    ["smtpHost", "127.1"],
    ["smtpHost", "x".repeat(513)],
    ["smtpPort", undefined],
    ["smtpPort", 0],
    ["smtpPort", 65_536],
    ["smtpPort", 587.5],
    ["smtpPort", "587"],
    ["senderEmail", undefined],
    ["senderEmail", "not an address"],
    ["senderName", undefined],
    ["senderName", "a\r\nBcc: x@example.com"],
    ["username", undefined],
    ["username", "ann\r\nQUIT"],
    ["password", undefined],
    ["password", ""],
    ["password", "******"],
    ["useSsl", "true"],
    ["useStartTls", 1],
    ["connectionTimeout", 999],
    ["connectionTimeout", 60_001],
    ["readTimeout", 999],
    ["readTimeout", 120_001],
  ])("emailConfig.%s of %j is 4000 at its field, and nothing is made", async (field, value) => {
    const refused = await client.failed(CREATE, sample(client.institutionBizId, {}, { [field]: value }));
    expect(refused).toMatchObject({ status: 400, code: "4000", errors: [`emailConfig.${field}`] });
    expect(await count()).toBe(0);
  });

  test("every limit is within it, counted in characters", async () => {
    const made = await create(
      { channelName: "名".repeat(255), channelRemark: "📮".repeat(255), channelHost: "h".repeat(512) },
      { smtpPort: 65_535, senderName: "é".repeat(255), connectionTimeout: 60_000, readTimeout: 120_000, username: "u".repeat(320) },
    );
    expect(made).toMatchObject({ channelName: "名".repeat(255), channelRemark: "📮".repeat(255), channelHost: "h".repeat(512) });
    expect(made.emailConfig).toMatchObject({ smtpPort: 65_535, connectionTimeout: 60_000, readTimeout: 120_000 });
  });

  test("several mistakes are told at once", async () => {
    const refused = await client.failed(CREATE, { channelCategory: "EMAIL", emailConfig: {} });
    expect(refused.errors?.sort()).toEqual([
      "channelHost",
      "channelName",
      "emailConfig.password",
      "emailConfig.senderEmail",
      "emailConfig.senderName",
      "emailConfig.smtpHost",
      "emailConfig.smtpPort",
      "emailConfig.username",
      "institutionBizId",
    ]);
  });

  test("R61: another institution's id, an unknown one and a malformed one are answered alike", async () => {
    const theirs = toBizId("institution", await makeInstitution());
    const answers = await Promise.all(
      [theirs, toBizId("institution", newId()), "inst_abc123", client.institutionBizId.slice(5)].map(async (id) => {
        const response = await client.send(CREATE, sample(id));
        return [response.status, await response.text()];
      }),
    );
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]?.[0]).toBe(404);
    expect(JSON.parse(String(answers[0]?.[1]))).toMatchObject({ code: "4040", data: null });
    expect(await count()).toBe(0);
  });

  test("R60: what only the server knows has no effect, wherever it stands", async () => {
    const forged = { ...FORGED, bizId: "ch_mine", channelStatus: "ACTIVE", createdBy: "user_root", createdAt: "2020-01-01T00:00:00Z" };
    const made = await create(forged, { ...FORGED, auth: "none", security: "none", ca: "x" });
    expect(made).toMatchObject({ channelStatus: "PENDING", createdBy: toBizId("user", admin.actor.userId) });
    expect(made.bizId).not.toBe("ch_mine");
    expect(made.createdAt).not.toBe("2020-01-01T00:00:00Z");
    expect(made.emailConfig.useSsl).toBe(true);
  });

  test("R34: one more than an institution may have is 4090", async () => {
    env().limits.sendersPerInstitution = 1;
    await create();
    expect(await client.failed(CREATE, sample(client.institutionBizId))).toMatchObject({ status: 409, code: "4090" });
  });

  test("R54: 200 requests at once with one key make one channel", async () => {
    const headers = { "idempotency-key": "k-1" };
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.send(CREATE, sample(client.institutionBizId), { headers })));
    expect(answers.filter((one) => one.status === 200 && !one.headers.has("idempotency-replay"))).toHaveLength(1);
    for (const waiting of answers.filter(({ status }) => status !== 200)) {
      const { code } = (await waiting.json()) as Envelope<unknown>;
      expect([waiting.status, code, waiting.headers.get("retry-after")]).toEqual([409, "4090", "1"]);
    }
    expect(await count()).toBe(1);
    const replay = await client.send(CREATE, sample(client.institutionBizId), { headers });
    expect([replay.status, replay.headers.get("idempotency-replay")]).toEqual([200, "true"]);
    expect(await replay.text()).not.toContain(PASSWORD);
    const other = await client.failed(CREATE, sample(client.institutionBizId, { channelName: "Other" }), { headers });
    expect(other).toMatchObject({ status: 422, code: "4220" });
  });

  test("R66: the device that the client names itself as stands in the audit trail; what cannot be one does not", async () => {
    await create();
    await client.done(CREATE, sample(client.institutionBizId), { headers: { "x-client-hash": "device-7f" } });
    await client.done(CREATE, sample(client.institutionBizId), { headers: { "x-client-hash": "x".repeat(256) } });
    const rows = await asAdmin<{ hash: string | null }>(
      "SELECT client_hash AS hash FROM audit_event WHERE institution_id = $1 AND action = 'sender.created' ORDER BY at",
      [institutionId],
    );
    expect(rows.map(({ hash }) => hash)).toEqual([null, "device-7f", null]);
    const { items } = await listAudit(admin, { action: "sender.created" });
    expect(items.map(({ clientHash }) => clientHash)).toEqual([null, "device-7f", null]);
    const { chunks } = exportAudit(admin, { format: "csv", action: "sender.created" });
    const [head = "", , named = ""] = (await Array.fromAsync(chunks)).join("").split("\r\n");
    expect(named.split(",")[head.split(",").indexOf("client_hash")]).toBe("device-7f");
  });
});
