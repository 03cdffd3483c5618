import { beforeEach, describe, expect, test } from "vitest";
import { deleteIntegration } from "@/lib/services/integrations/delete";
import { getIntegration } from "@/lib/services/integrations/get";
import { listIntegrations } from "@/lib/services/integrations/list";
import { renameIntegration } from "@/lib/services/integrations/rename";
import { createSender } from "@/lib/services/senders/create";
import { deleteSender } from "@/lib/services/senders/delete";
import { duplicateSender } from "@/lib/services/senders/duplicate";
import { getSender } from "@/lib/services/senders/get";
import { setDefaultSender } from "@/lib/services/senders/set-default";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { updateSender } from "@/lib/services/senders/update";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { addSmtp, markProven, refusal } from "@/tests/support/senders";
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

describe("on, off, and the default", () => {
  test("off stops it, on brings it back as it was proven", async () => {
    const { id: senderId } = await addSmtp(admin);
    await markProven(senderId);
    expect(await setSenderEnabled(admin, { senderId, enabled: false })).toMatchObject({ state: "inactive", sending: false });
    expect(await setSenderEnabled(admin, { senderId, enabled: true })).toMatchObject({ state: "active", sending: true });
    expect((await actions(senderId)).slice(1)).toEqual(["sender.disabled", "sender.enabled"]);
    await setSenderEnabled(admin, { senderId, enabled: true });
    expect(await actions(senderId)).toHaveLength(3);
  });

  test("200 requests for different defaults at once leave exactly one, and one of its own for each type", async () => {
    const senders = await Promise.all(Array.from({ length: 8 }, (_, at) => addSmtp(admin, { name: `S${at}` })));
    const sms = await text();
    await setDefaultSender(admin, { senderId: sms.id });
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, at) => refusal(setDefaultSender(admin, { senderId: senders[at % 8]?.id }))),
    );
    expect(results.filter(({ code }) => code !== "fine")).toEqual([]);
    const rows = await asAdmin<{ type: string; count: number }>(
      "SELECT type, count(*)::int AS count FROM sender WHERE institution_id = $1 AND is_default GROUP BY type ORDER BY type",
      [institutionId],
    );
    expect(rows).toEqual([
      { type: "email", count: 1 },
      { type: "sms", count: 1 },
    ]);
    const trail = await asAdmin<{ before: { isDefault: boolean } }>(
      "SELECT before FROM audit_event WHERE institution_id = $1 AND action = 'sender.default_changed' AND after->>'type' = 'email'",
      [institutionId],
    );
    const gained = trail.filter(({ before }) => !before.isDefault).length;
    expect(gained - (trail.length - gained)).toBe(1);
  });

  test("it can be nobody's again", async () => {
    const { id: senderId } = await addSmtp(admin);
    expect(await setDefaultSender(admin, { senderId })).toMatchObject({ isDefault: true });
    expect(await setDefaultSender(admin, { senderId, isDefault: false })).toMatchObject({ isDefault: false });
  });
});

describe("duplicating and deleting", () => {
  test("a copy has settings and secret of its own", async () => {
    const original = await addSmtp(admin, { metadata: { a: "b" } });
    const copy = await duplicateSender(admin, { senderId: original.id, name: "Second desk" });
    expect(copy).toMatchObject({ name: "Second desk", state: "pending", isDefault: false, config: original.config, metadata: { a: "b" } });
    expect(copy.secrets).toEqual(original.secrets);
    expect(copy.integration.id).not.toBe(original.integration.id);
    await updateSender(admin, { senderId: copy.id, config: { readTimeoutMs: 20_000 } });
    expect(await getSender(admin, { senderId: original.id })).toMatchObject({ revision: 1 });
    expect(await actions(copy.id)).toEqual(["sender.duplicated", "sender.updated"]);
  });

  test("the account and its secrets go with the last sender on it", async () => {
    const first = await addSmtp(admin);
    const { id: integrationId } = first.integration;
    const second = await createSender(admin, { name: "Billing", integrationId, fromAddress: "billing@example.com" });
    expect(await refusal(deleteIntegration(admin, { integrationId }))).toMatchObject({
      code: "conflict",
      reason: "integrationInUse",
      params: { names: "Billing, Front desk" },
    });
    await deleteSender(admin, { senderId: first.id });
    expect(await getIntegration(admin, { integrationId })).toMatchObject({ senders: [{ name: "Billing" }] });
    await deleteSender(admin, { senderId: second.id });
    expect(await refusal(getIntegration(admin, { integrationId }))).toMatchObject({ code: "not_found" });
    expect(await actions(integrationId)).toEqual(["integration.created", "integration.deleted"]);
  });

  test("what something depends on stays, and what that is, is named", async () => {
    const first = await addSmtp(admin);
    await addSmtp(admin, { name: "Second" });
    await setDefaultSender(admin, { senderId: first.id });
    expect(await refusal(deleteSender(admin, { senderId: first.id }))).toMatchObject({
      reason: "senderIsDefault",
      params: { name: "Second" },
    });
    await setDefaultSender(admin, { senderId: first.id, isDefault: false });
    await asAdmin(
      `INSERT INTO message (institution_id, id, kind, type, masked_address, locale, priority, state, reference, sender_id)
       VALUES ($1, gen_random_uuid(), 'notice', 'email', 'a***@b.example', 'en', 10, 'sending', 'r', $2)`,
      [institutionId, first.id],
    );
    expect(await refusal(deleteSender(admin, { senderId: first.id }))).toMatchObject({ reason: "senderHasMessages", params: { count: 1 } });
    await asAdmin("UPDATE message SET state = 'sent' WHERE sender_id = $1", [first.id]);
    expect(await deleteSender(admin, { senderId: first.id })).toEqual({ name: "Front desk" });
    const texts = await text();
    const number = "+819012345678";
    const [row] = await asAdmin<{ id: string }>(
      `INSERT INTO phone_number (institution_id, id, number, country, integration_id, origin) VALUES ($1, gen_random_uuid(), $2, 'JP', $3, 'registered') RETURNING id`,
      [institutionId, number, texts.integration.id],
    );
    await asAdmin("UPDATE sender SET phone_number_id = $2 WHERE id = $1", [texts.id, row?.id]);
    expect(await refusal(deleteSender(admin, { senderId: texts.id }))).toMatchObject({ reason: "senderHasNumber", params: { number } });
    expect(await refusal(updateSender(admin, { senderId: texts.id, fromNumber: "+819012345679" }))).toMatchObject({
      fields: ["fromNumber: number_bound"],
    });
  });
});

describe("accounts", () => {
  test("are listed, found and renamed", async () => {
    const { integration } = await addSmtp(admin);
    await text();
    expect((await listIntegrations(admin, {})).items.map(({ provider }) => provider)).toEqual(["vonage", "smtp"]);
    expect((await listIntegrations(admin, { channel: "email" })).items).toHaveLength(1);
    expect(await renameIntegration(admin, { integrationId: integration.id, name: "Post office" })).toMatchObject({ name: "Post office" });
    expect((await listIntegrations(admin, { q: "post" })).items).toMatchObject([
      { destination: "smtp.example.com:587", secrets: [{ field: "password", by: admin.actor.name }] },
    ]);
    const page = await listIntegrations(admin, { limit: 1 });
    expect((await listIntegrations(admin, { limit: 1, after: page.next ?? "" })).items).toMatchObject([{ name: "Post office" }]);
  });
});
