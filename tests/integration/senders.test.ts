import { beforeEach, describe, expect, test } from "vitest";
import { getIntegration } from "@/lib/services/integrations/get";
import { createSender } from "@/lib/services/senders/create";
import { deleteSender } from "@/lib/services/senders/delete";
import { duplicateSender } from "@/lib/services/senders/duplicate";
import { getSender } from "@/lib/services/senders/get";
import { getSenderHistory } from "@/lib/services/senders/history";
import { listSenders } from "@/lib/services/senders/list";
import { setDefaultSender } from "@/lib/services/senders/set-default";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { updateSender } from "@/lib/services/senders/update";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { addSmtp, markProven, refusal, smtpConfig } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";

let institutionId: string;
let admin: Person;

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});

const text = (more = {}) => createSender(admin, { name: "Texts", provider: "vonage", ...vonage, fromNumber: "+819012345678", ...more });
const vonage = { config: { apiKey: "a1b2c3d4", apiSecret: "0123456789abcdef" } };
const actions = async (objectId: string) =>
  (
    await asAdmin<{ action: string }>("SELECT action FROM audit_event WHERE institution_id = $1 AND object_id = $2 ORDER BY at, id", [
      institutionId,
      objectId,
    ])
  ).map(({ action }) => action);

describe("adding", () => {
  test("makes an account and a pending sender on it, and says where it goes", async () => {
    const sender = await addSmtp(admin, { remark: "  ", host: "mail one", ratePerMinute: 30, metadata: { team: "front" } });
    expect(sender).toMatchObject({
      type: "email",
      provider: "smtp",
      state: "pending",
      proven: false,
      sending: false,
      isDefault: false,
      remark: null,
      host: "mail one",
      destination: "smtp.example.com:587",
      fromStanding: "unproven",
      integration: { name: "Front desk", senders: 1 },
      ratePerMinute: 30,
      metadata: { team: "front" },
      createdBy: admin.actor.name,
    });
    expect(await getSender(admin, { senderId: sender.id })).toEqual(sender);
    expect(await actions(sender.id)).toEqual(["sender.created"]);
    expect(await actions(sender.integration.id)).toEqual(["integration.created"]);
  });

  test("a second one can stand on the same account, and says so", async () => {
    const first = await addSmtp(admin);
    const second = await createSender(admin, { name: "Billing", integrationId: first.integration.id, fromAddress: "billing@example.com" });
    expect(second.integration).toEqual({ id: first.integration.id, name: "Front desk", senders: 2 });
    expect(await getIntegration(admin, { integrationId: first.integration.id })).toMatchObject({
      senders: [{ name: "Billing" }, { name: "Front desk" }],
    });
  });

  test("an address is the account's own, in a verified domain, or neither", async () => {
    expect((await addSmtp(admin, { config: smtpConfig({ username: "Desk@example.com" }) })).fromStanding).toBe("own_account");
    const sender = await addSmtp(admin, { fromAddress: "desk@mail.clinic.example" });
    expect(sender.fromStanding).toBe("unproven");
    await asAdmin(
      `INSERT INTO email_domain (institution_id, id, domain, token, dkim_selector, dkim_public_key, dkim_private_key, state)
       VALUES ($1, gen_random_uuid(), 'clinic.example', 't', 's', 'p', 'k', 'verified')`,
      [institutionId],
    );
    expect((await getSender(admin, { senderId: sender.id })).fromStanding).toBe("verified_domain");
  });

  test("R38: what would not fit or hides something is refused by its field", async () => {
    const wrong = await refusal(
      addSmtp(admin, {
        name: "x".repeat(256),
        remark: "y".repeat(256),
        host: "z".repeat(513),
        fromName: "a\u202eb",
        metadata: { a: "b\u0000" },
      }),
    );
    expect(wrong.fields?.sort()).toEqual([
      "fromName: bidi_control",
      "host: too_long",
      "metadata.a: control_character",
      "name: too_long",
      "remark: too_long",
    ]);
    expect(await refusal(addSmtp(admin, { name: "a\r\nb" }))).toMatchObject({ fields: ["name: control_character"] });
  });

  test("R60: what only the product decides is refused", async () => {
    for (const field of ["state", "isDefault", "id", "institutionId", "provenRevision", "createdById"]) {
      expect(await refusal(addSmtp(admin, { [field]: "x" }))).toMatchObject({ code: "validation", fields: [`${field}: unknown`] });
    }
  });

  test("each kind has its own from", async () => {
    expect(await refusal(addSmtp(admin, { fromAddress: undefined }))).toMatchObject({ fields: ["fromAddress: required"] });
    expect(await refusal(addSmtp(admin, { fromNumber: "+819012345678" }))).toMatchObject({ fields: ["fromNumber: unknown"] });
    expect(await refusal(text({ fromNumber: undefined }))).toMatchObject({ fields: ["fromNumber: required"] });
    expect((await text({ fromNumber: "+81 90-1234-5678" })).fromNumber).toBe("+819012345678");
    expect((await text({ fromNumber: "Clinic" })).fromNumber).toBe("Clinic");
    expect(await refusal(text({ fromNumber: "no number" }))).toMatchObject({ code: "fine" });
    expect(await refusal(text({ fromNumber: "€5" }))).toMatchObject({ fields: ["fromNumber: phone_invalid_character"] });
  });

  test("R34: 20 of 30 at once are added", async () => {
    const results = await Promise.all(Array.from({ length: 30 }, () => refusal(addSmtp(admin))));
    expect(results.filter(({ code }) => code === "fine")).toHaveLength(20);
    expect(results.filter(({ code }) => code === "limit_exceeded")).toHaveLength(10);
    const [one] = (await listSenders(admin, { limit: 1 })).items;
    expect(await refusal(duplicateSender(admin, { senderId: one?.id, name: "One more" }))).toMatchObject({
      code: "limit_exceeded",
      reason: "senderLimit",
    });
  });
});

describe("the list", () => {
  test("searches, filters, sorts and pages", async () => {
    for (const name of ["beta", "Alpha", "gamma"]) await addSmtp(admin, { name });
    await text();
    expect((await listSenders(admin, { q: "SMTP.example" })).items).toHaveLength(3);
    expect((await listSenders(admin, { q: "alp" })).items.map(({ name }) => name)).toEqual(["Alpha"]);
    expect((await listSenders(admin, { type: "sms" })).items.map(({ name }) => name)).toEqual(["Texts"]);
    expect((await listSenders(admin, { state: "active" })).items).toEqual([]);
    const first = await listSenders(admin, { sort: "name", limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(["Alpha", "beta"]);
    const second = await listSenders(admin, { sort: "name", limit: 2, after: first.next ?? "" });
    expect(second.items.map(({ name }) => name)).toEqual(["gamma", "Texts"]);
    expect((await listSenders(admin, { sort: "name", limit: 2, before: second.previous ?? "" })).items).toEqual(first.items);
    expect((await listSenders(admin, {})).items[0]?.name).toBe("Texts");
  });

  test("has the last days of each sender", async () => {
    const { id } = await addSmtp(admin);
    await asAdmin(
      "INSERT INTO sender_day (institution_id, sender_id, day, sent, failed) VALUES ($1, $2, (now() AT TIME ZONE 'UTC')::date, 7, 2)",
      [institutionId, id],
    );
    await asAdmin("INSERT INTO sender_day (institution_id, sender_id, day, sent) VALUES ($1, $2, '2020-01-01', 9)", [institutionId, id]);
    expect((await listSenders(admin, {})).items[0]?.health.days).toEqual([
      { day: new Date().toISOString().slice(0, 10), sent: 7, failed: 2 },
    ]);
  });
});

describe("what changes", () => {
  test("R49: a change that matters waits for its proof, while what was proven keeps sending", async () => {
    const { id: senderId } = await addSmtp(admin);
    await markProven(senderId);
    for (const fields of [{ name: "Desk" }, { fromName: "Clinic" }, { remark: "r" }, { ratePerMinute: 5 }, { metadata: { a: "b" } }]) {
      expect(await updateSender(admin, { senderId, ...fields })).toMatchObject({ state: "active", proven: true, revision: 1 });
    }
    expect(await updateSender(admin, { senderId, fromAddress: "other@example.com" })).toMatchObject({
      state: "pending",
      proven: false,
      sending: true,
      revision: 2,
    });
    expect(await updateSender(admin, { senderId, config: { readTimeoutMs: 20_000 } })).toMatchObject({ revision: 3, sending: true });
    expect(await updateSender(admin, { senderId, config: { readTimeoutMs: 20_000 } })).toMatchObject({ revision: 3 });
  });

  test("R49: one that was switched off or had failed stays so until the new settings are proven", async () => {
    const { id: senderId } = await addSmtp(admin);
    await markProven(senderId);
    await setSenderEnabled(admin, { senderId, enabled: false });
    expect(await updateSender(admin, { senderId, config: { readTimeoutMs: 20_000 } })).toMatchObject({ state: "inactive", sending: false });
    expect(await refusal(setSenderEnabled(admin, { senderId, enabled: true }))).toMatchObject({
      code: "precondition_failed",
      reason: "senderNotProven",
    });
    await markProven(senderId);
    await asAdmin("UPDATE sender SET state = 'error', state_reason = 'auth_failed' WHERE id = $1", [senderId]);
    expect(await updateSender(admin, { senderId, config: { readTimeoutMs: 30_000 } })).toMatchObject({
      state: "error",
      stateReason: "auth_failed",
      sending: false,
      proven: false,
    });
    expect(await refusal(setSenderEnabled(admin, { senderId, enabled: true }))).toMatchObject({ reason: "senderNotProven" });
  });

  test("a change of the account concerns every sender on it", async () => {
    const first = await addSmtp(admin);
    const second = await createSender(admin, { name: "Billing", integrationId: first.integration.id, fromAddress: "billing@example.com" });
    await Promise.all([first.id, second.id].map(markProven));
    await updateSender(admin, { senderId: first.id, config: { connectionTimeoutMs: 5000 } });
    expect(await getSender(admin, { senderId: second.id })).toMatchObject({ state: "pending", sending: true, revision: 2 });
  });

  test("60 changes of one account at once are done one after the other", async () => {
    const first = await addSmtp(admin);
    const second = await createSender(admin, { name: "Billing", integrationId: first.integration.id, fromAddress: "billing@example.com" });
    const changes = Array.from({ length: 60 }, (_, at) =>
      refusal(updateSender(admin, { senderId: at % 2 ? first.id : second.id, config: { readTimeoutMs: 10_000 + at } })),
    );
    expect((await Promise.all(changes)).filter(({ code }) => code !== "fine")).toEqual([]);
    expect(await getSender(admin, { senderId: first.id })).toMatchObject({ revision: 61 });
  });

  test("a whole form clears what it leaves out, a part of one does not", async () => {
    const { id: senderId } = await addSmtp(admin, { config: smtpConfig({ readTimeoutMs: 5000 }) });
    expect((await updateSender(admin, { senderId, config: { port: 587 } })).config["readTimeoutMs"]).toBe(5000);
    expect((await updateSender(admin, { senderId, config: smtpConfig({ password: "******" }), whole: true })).config["readTimeoutMs"]).toBe(
      30_000,
    );
  });

  test("its history has every change, masked", async () => {
    const { id: senderId } = await addSmtp(admin);
    await updateSender(admin, { senderId, fromAddress: "other@example.com", config: { readTimeoutMs: 20_000 } });
    const { entries, messages } = await getSenderHistory(admin, { senderId });
    expect(messages).toEqual([]);
    expect(entries.map(({ action }) => action).sort()).toEqual(["sender.created", "sender.updated", "sender.updated"]);
    const address = entries.find(({ after }) => after?.["fromAddress"] && after["name"] === undefined);
    expect(address).toMatchObject({
      before: { fromAddress: "d***@example.com" },
      after: { fromAddress: "o***@example.com" },
      actor: { kind: "you" },
    });
    expect(entries.find(({ after }) => after?.["readTimeoutMs"])).toMatchObject({
      before: { readTimeoutMs: 30_000 },
      after: { readTimeoutMs: 20_000 },
    });
  });
});

test("R66: every change leaves its lines, what was refused leaves none, and no line holds an address", async () => {
  const { id: senderId, integration } = await addSmtp(admin, { config: smtpConfig({ username: "desk@example.com" }) });
  await updateSender(admin, { senderId, config: { password: "new" }, fromAddress: "front@example.com" });
  await refusal(updateSender(admin, { senderId, name: "", fromAddress: "nobody@example.com" }));
  await refusal(updateSender(admin, { senderId, fromAddress: "other@example.com", config: { port: 25 } }));
  await setDefaultSender(admin, { senderId });
  await setSenderEnabled(admin, { senderId, enabled: false });
  await refusal(setSenderEnabled(admin, { senderId, enabled: true }));
  await deleteSender(admin, { senderId });
  expect(await actions(senderId)).toEqual([
    "sender.created",
    "sender.secret_changed",
    "sender.updated",
    "sender.default_changed",
    "sender.disabled",
    "sender.deleted",
  ]);
  expect(await actions(integration.id)).toEqual(["integration.created", "integration.deleted"]);
  const rows = await asAdmin<{ row: string }>("SELECT a::text AS row FROM audit_event a WHERE institution_id = $1", [institutionId]);
  expect(rows.filter(({ row }) => /(?:desk|front|nobody|other)@/.test(row))).toEqual([]);
});
