import { beforeEach, describe, expect, test } from "vitest";
import { inInstitution } from "@/lib/db/unit-of-work";
import { getIntegration } from "@/lib/services/integrations/get";
import { listIntegrations } from "@/lib/services/integrations/list";
import { integrationPlace, openSecrets } from "@/lib/services/integrations/secrets";
import { createSender } from "@/lib/services/senders/create";
import { diagnoseSender } from "@/lib/services/senders/diagnose";
import { duplicateSender } from "@/lib/services/senders/duplicate";
import { getSender } from "@/lib/services/senders/get";
import { getSenderHistory } from "@/lib/services/senders/history";
import { findSender } from "@/lib/services/senders/internal";
import { listSenders } from "@/lib/services/senders/list";
import { openSender } from "@/lib/services/senders/open-config";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { submitSenderCode } from "@/lib/services/senders/submit-code";
import { updateSender } from "@/lib/services/senders/update";
import { getSenderVerification } from "@/lib/services/senders/verification-status";
import { captureLog } from "@/tests/support/captured-log";
import { makeAuthority } from "@/tests/support/certificate";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { addSmtp, PASSWORD, refusal, smtpConfig, waitingCode } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";

let institutionId: string;
let admin: Person;

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});

/** What is really kept, opened. */
async function kept(integrationId: string): Promise<Record<string, string>> {
  const [row] = await asAdmin<{ secrets: string | null; secrets_version: number }>(
    "SELECT secrets, secrets_version FROM integration WHERE id = $1",
    [integrationId],
  );
  return openSecrets(row?.secrets ?? null, integrationPlace(institutionId, integrationId, row?.secrets_version ?? 0));
}

const MASK = "******";

describe("R44: a stored password follows no change of where it goes", () => {
  test.each([
    ["host", { host: "smtp.elsewhere.example" }],
    ["port", { port: 465 }],
    ["security", { security: "tls" }],
    ["username", { username: "other" }],
  ])("R44: %s without a new password is refused, with the mask too", async (_, change) => {
    const { id: senderId, integration } = await addSmtp(admin);
    const wanted = { code: "validation", fields: ["config.password: password_required"] };
    expect(await refusal(updateSender(admin, { senderId, config: change }))).toMatchObject(wanted);
    expect(await refusal(updateSender(admin, { senderId, config: { ...change, password: MASK } }))).toMatchObject(wanted);
    expect(await refusal(updateSender(admin, { senderId, config: smtpConfig({ ...change, password: MASK }), whole: true }))).toMatchObject(
      wanted,
    );
    expect(await refusal(diagnoseSender(admin, { senderId, config: change }))).toMatchObject(wanted);
    expect(
      await refusal(diagnoseSender(admin, { integrationId: integration.id, config: change, fromAddress: "a@example.com" })),
    ).toMatchObject(wanted);
    expect(await getSender(admin, { senderId })).toMatchObject({ revision: 1, config: smtpConfig({ password: MASK }) });
    await updateSender(admin, { senderId, config: { ...change, password: "another one" } });
    expect(await kept(integration.id)).toEqual({ password: "another one" });
  });

  test("R44: a certificate authority of one's own is such a change", async () => {
    const { id: senderId } = await addSmtp(admin);
    const change = { ca: makeAuthority().cert };
    expect(await refusal(updateSender(admin, { senderId, config: change }))).toMatchObject({
      fields: ["config.password: password_required"],
    });
    expect(await updateSender(admin, { senderId, config: { ...change, password: "new" } })).toMatchObject({ revision: 2 });
    expect(await refusal(updateSender(admin, { senderId, config: { ca: null } }))).toMatchObject({
      fields: ["config.password: password_required"],
    });
  });

  test("R44: each of several secrets is asked for, and those that were given are not", async () => {
    const oauth = {
      auth: "oauth2",
      oauthTokenUrl: "https://login.example.com/token",
      oauthClientId: "id",
      oauthClientSecret: "s3cr3t-1",
      oauthRefreshToken: "r-2",
    };
    const { id: senderId, integration } = await addSmtp(admin, {
      config: { host: "smtp.example.com", port: 587, security: "starttls", username: "desk", ...oauth },
    });
    const moved = { oauthTokenUrl: "https://login.elsewhere.example/token" };
    expect((await refusal(updateSender(admin, { senderId, config: moved }))).fields?.sort()).toEqual([
      "config.oauthClientSecret: password_required",
      "config.oauthRefreshToken: password_required",
    ]);
    expect((await refusal(updateSender(admin, { senderId, config: { ...moved, oauthClientSecret: "new" } }))).fields).toEqual([
      "config.oauthRefreshToken: password_required",
    ]);
    await updateSender(admin, { senderId, config: { oauthClientSecret: "new" } });
    expect(await kept(integration.id)).toEqual({ oauthClientSecret: "new", oauthRefreshToken: "r-2" });
  });

  test("R44: what nothing is bound to changes without it, and the mask is never kept", async () => {
    const { id: senderId, integration } = await addSmtp(admin);
    await updateSender(admin, { senderId, config: { readTimeoutMs: 5000, password: MASK } });
    expect(await kept(integration.id)).toEqual({ password: PASSWORD });
    expect(
      await refusal(
        createSender(admin, { name: "x", provider: "smtp", config: smtpConfig({ password: MASK }), fromAddress: "a@example.com" }),
      ),
    ).toMatchObject({
      code: "validation",
      fields: ["config.password: required"],
    });
  });

  test.each(["twilio", "vonage", "http_text", "smtp"] as const)("R44: the mask with spaces around it is the mask: %s", async (provider) => {
    const known = {
      twilio: { accountSid: `AC${"1".repeat(32)}`, authToken: "t0ken" },
      vonage: { apiKey: "abcd1234", apiSecret: "s3cret", signatureSecret: "signs" },
      http_text: {
        request: "post_json",
        url: "https://sms.example.com/send",
        body: '{"to":"{to}","text":"{text}"}',
        auth: "header",
        headerName: "X-Key",
        headerValue: "v4lue",
      },
      smtp: smtpConfig(),
    }[provider];
    const names = ["authToken", "apiSecret", "signatureSecret", "headerValue", "password"].filter((name) => name in known);
    const from = provider === "smtp" ? { fromAddress: "desk@example.com" } : { fromNumber: "+815012345678" };
    const foul = Object.fromEntries(names.map((name) => [name, ` ${MASK}\t`]));
    expect((await refusal(createSender(admin, { name: "x", provider, config: { ...known, ...foul }, ...from }))).code).toBe("validation");
    const { id: senderId, integration } = await createSender(admin, { name: "x", provider, config: known, ...from });
    const before = await kept(integration.id);
    expect(Object.keys(before).sort()).toEqual([...names].sort());
    await updateSender(admin, { senderId, config: { ...known, ...foul }, whole: true });
    await updateSender(admin, { senderId, config: foul });
    expect(await kept(integration.id)).toEqual(before);
  });

  test("a password that is no longer asked for is not kept", async () => {
    const { id: senderId, integration } = await addSmtp(admin);
    const after = await updateSender(admin, { senderId, config: { auth: "none" } });
    expect(after.secrets).toEqual([]);
    expect(await kept(integration.id)).toEqual({});
    const { fields } = await refusal(updateSender(admin, { senderId, config: { auth: "password" } }));
    expect(fields).toContain("config.password: required");
  });

  test("to give a password again is to give a new one, whatever it is", async () => {
    const { id: senderId } = await addSmtp(admin);
    expect(await updateSender(admin, { senderId, config: { password: PASSWORD } })).toMatchObject({ revision: 2 });
    expect(await updateSender(admin, { senderId, config: { password: "not that one" } })).toMatchObject({ revision: 3 });
  });
});

describe("R45: nothing that is answered, audited or logged holds a secret", () => {
  test("R45: in every answer it is the same six stars", async () => {
    const log = captureLog();
    const secret = "Zq7-unmistakable-secret";
    const answers: unknown[] = [];
    const sender = await addSmtp(admin, { config: smtpConfig({ password: secret }) });
    const senderId = sender.id;
    answers.push(sender, await updateSender(admin, { senderId, config: { password: `${secret}2` } }));
    answers.push(await duplicateSender(admin, { senderId, name: "Copy" }), await getSender(admin, { senderId }));
    answers.push(
      await listSenders(admin, {}),
      await listIntegrations(admin, {}),
      await getIntegration(admin, { integrationId: sender.integration.id }),
    );
    answers.push(await refusal(updateSender(admin, { senderId, config: { host: "x", password: `${secret}3`, nonsense: secret } })));
    await startSenderVerification(admin, { senderId });
    answers.push(await getSenderVerification(admin, { senderId }));
    answers.push(
      await submitSenderCode(admin, { senderId, code: (await waitingCode(senderId)).code }),
      await getSenderHistory(admin, { senderId }),
    );
    const told = JSON.stringify(answers) + log();
    expect(told).not.toContain(secret);
    expect(told).toContain(`"password":"${MASK}"`);
    const dump = await asAdmin<{ row: string }>(
      `SELECT t::text AS row FROM sender t UNION ALL SELECT t::text FROM integration t UNION ALL SELECT t::text FROM audit_event t UNION ALL SELECT t::text FROM message t`,
    );
    expect(dump.filter(({ row }) => row.includes(secret))).toEqual([]);
  });

  test("R45: when a secret was set and by whom is told, by the name of today", async () => {
    const { id: senderId } = await addSmtp(admin);
    const other = await makeMember(institutionId, "owner");
    await updateSender(other, { senderId, config: { password: "second" } });
    await asAdmin('UPDATE "user" SET name = $2 WHERE id = $1', [other.actor.userId, "Renamed"]);
    expect((await getSender(admin, { senderId })).secrets).toEqual([{ field: "password", at: expect.any(String), by: "Renamed" }]);
    await asAdmin('UPDATE "user" SET deleted_at = now() WHERE id = $1', [other.actor.userId]);
    expect((await getSender(admin, { senderId })).secrets).toMatchObject([{ by: null }]);
    const trail = await getSenderHistory(admin, { senderId });
    expect(trail.entries.find(({ action }) => action === "sender.secret_changed")).toMatchObject({
      before: { password: MASK },
      after: { password: MASK },
    });
  });
});

describe("R50: what is sealed opens in its place alone", () => {
  const open = (senderId: string, which: "sending" | "current" = "sending") =>
    inInstitution(institutionId, async (tx) => openSender(tx, admin, await findSender(tx, admin.actor, senderId), which));

  test("R49: the proven settings are a copy of their own, opened with their own secret", async () => {
    const { id: senderId } = await addSmtp(admin);
    expect(await open(senderId)).toEqual({ ok: false, reason: "not_sending" });
    await startSenderVerification(admin, { senderId });
    await submitSenderCode(admin, { senderId, code: (await waitingCode(senderId)).code });
    expect(await open(senderId)).toMatchObject({
      ok: true,
      sender: { config: { host: "smtp.example.com", password: PASSWORD }, revision: 1 },
    });
    await updateSender(admin, { senderId, config: { host: "smtp.new.example", password: "new" }, fromAddress: "new@example.com" });
    expect(await open(senderId)).toMatchObject({
      ok: true,
      sender: { config: { host: "smtp.example.com", password: PASSWORD }, fromAddress: "desk@example.com", revision: 1 },
    });
    expect(await open(senderId, "current")).toMatchObject({
      ok: true,
      sender: { config: { host: "smtp.new.example", password: "new" }, fromAddress: "new@example.com", revision: 3 },
    });
  });

  test("R50: another row's, an altered one and one of another version are refused and audited, and a new password mends it", async () => {
    const [one, two] = [await addSmtp(admin), await addSmtp(admin, { name: "Two", config: smtpConfig({ password: "the other" }) })];
    await asAdmin("UPDATE integration SET secrets = (SELECT secrets FROM integration WHERE id = $2) WHERE id = $1", [
      one.integration.id,
      two.integration.id,
    ]);
    await asAdmin("UPDATE integration SET secrets_version = 7 WHERE id = $1", [two.integration.id]);
    for (const { id: senderId } of [one, two]) {
      expect(await open(senderId, "current")).toEqual({ ok: false, reason: "unreadable" });
      expect(await refusal(diagnoseSender(admin, { senderId }))).toMatchObject({ code: "precondition_failed", reason: "secretUnreadable" });
      expect(await refusal(duplicateSender(admin, { senderId, name: "Copy" }))).toMatchObject({ reason: "secretUnreadable" });
      expect(await refusal(updateSender(admin, { senderId, config: { readTimeoutMs: 5000 } }))).toMatchObject({
        fields: ["config.password: required"],
      });
      expect(await updateSender(admin, { senderId, config: { password: "once more" } })).toMatchObject({ revision: 2 });
      expect(await open(senderId, "current")).toMatchObject({ ok: true, sender: { config: { password: "once more" } } });
    }
    const rows = await asAdmin<{ outcome: string }>(
      "SELECT outcome FROM audit_event WHERE institution_id = $1 AND action = 'crypt_decrypt_fail'",
      [institutionId],
    );
    expect(rows.length).toBeGreaterThanOrEqual(6);
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(["failed"]));
  });
});
