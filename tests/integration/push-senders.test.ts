import { createPrivateKey } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { configureIntegration } from "@/lib/services/integrations/configure";
import { integrationPlace, openSecrets } from "@/lib/services/integrations/secrets";
import { createChatSender, createPushSender } from "@/lib/services/senders/create-push";
import { deleteSender } from "@/lib/services/senders/delete";
import { duplicateSender } from "@/lib/services/senders/duplicate";
import { getSender } from "@/lib/services/senders/get";
import { listSenders } from "@/lib/services/senders/list";
import { setDefaultSender } from "@/lib/services/senders/set-default";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { setPushSubject } from "@/lib/services/senders/set-push-subject";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { updateSender } from "@/lib/services/senders/update";
import { deleteSubscriber } from "@/lib/services/subscribers/delete";
import { listSubscriptions } from "@/lib/services/subscriptions/list";
import { putOwnSettings } from "@/lib/services/subscriptions/settings";
import { upsertSubscription } from "@/lib/services/subscriptions/upsert";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { browserSubscription } from "@/tests/support/push";

let institutionId: string;
let owner: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
});

const made = () => createPushSender(owner, { name: "Browsers", remark: "", subject: "mailto:push@example.com" });

async function chatIntegration(): Promise<string> {
  const id = newId();
  await inInstitution(institutionId, (tx) =>
    tx.integration.create({ data: { institutionId, id, name: "Team chat", provider: "slack", channel: "chat", config: {} } }),
  );
  return id;
}

function user(externalId = "user-1") {
  const credential = { id: newId(), kind: "public_key", scopes: ["subscriptions:write"], access: "write" } as const;
  return { ...owner, actor: { type: "subscriber", institutionId, externalId, credential } as const };
}

const audited = async (action: string) =>
  (
    await asAdmin<{ line: string }>("SELECT t::text AS line FROM audit_event t WHERE institution_id = $1 AND action = $2", [
      institutionId,
      action,
    ])
  ).map(({ line }) => line);

describe("a push sender", () => {
  test("is active at once, with a key pair of its own of which the public half is shown", async () => {
    const sender = await made();
    expect(sender).toMatchObject({
      type: "push",
      provider: "web_push",
      destination: "mailto:push@example.com",
      state: "active",
      sending: true,
      isDefault: false,
      fromAddress: null,
      config: { subject: "mailto:push@example.com", privateKey: "******" },
    });
    const point = Buffer.from(String(sender.config["publicKey"]), "base64url");
    expect([point.length, point[0]]).toEqual([65, 4]);
    expect((await made()).config["publicKey"]).not.toBe(sender.config["publicKey"]);
  });

  test("R50: its private half is sealed, belongs to the public one, and stands in no answer, column or audit row", async () => {
    const sender = await made();
    const [row] = await asAdmin<{ id: string; secrets: string; all: string }>(
      "SELECT id, secrets, t::text AS all FROM integration t WHERE institution_id = $1",
      [institutionId],
    );
    const { privateKey = "" } = openSecrets(row?.secrets ?? null, integrationPlace(institutionId, row?.id ?? "", 1));
    const point = Buffer.from(String(sender.config["publicKey"]), "base64url");
    const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
    // refused by OpenSSL where the halves do not belong together
    expect(createPrivateKey({ format: "jwk", key: { ...jwk, d: privateKey } }).asymmetricKeyType).toBe("ec");
    const trail = (
      await asAdmin<{ line: string }>("SELECT t::text AS line FROM audit_event t WHERE institution_id = $1", [institutionId])
    ).map(({ line }) => line);
    for (const text of [JSON.stringify(sender), row?.all ?? "", ...trail]) expect(text).not.toContain(privateKey);
    expect((await audited("sender.created")).length).toBe(1);
  });

  test("is listed among senders, and can be asked for alone", async () => {
    const push = await made();
    const chat = await createChatSender(owner, { name: "Chat", integrationId: await chatIntegration() });
    const types = async (raw: object) => (await listSenders(owner, raw)).items.map(({ id, type }) => [id, type]);
    expect(await types({})).toEqual([
      [chat.id, "chat"],
      [push.id, "push"],
    ]);
    expect(await types({ type: "push" })).toEqual([[push.id, "push"]]);
    expect(await types({ type: "email" })).toEqual([]);
  });

  test.each([
    "push@example.com",
    "mailto:",
    "mailto:a@b@c",
    "mailto:<a@example.com>",
    "http://example.com",
    "https://user@example.com",
    "javascript:alert(1)",
    "",
  ])("%o is nobody that a push service could turn to", async (subject) => {
    await expect(createPushSender(owner, { name: "Browsers", subject })).rejects.toMatchObject({
      code: "validation",
      fields: [{ path: "subject" }],
    });
  });

  test("its subject changes, its key pair does not", async () => {
    const sender = await made();
    const changed = await setPushSubject(owner, { senderId: sender.id, subject: "https://example.com" });
    expect(changed.config).toEqual({ ...sender.config, subject: "https://example.com" });
    expect(changed).toMatchObject({ state: "active", revision: sender.revision });
    expect([(await audited("integration.updated")).length, (await audited("sender.updated")).length]).toEqual([1, 1]);
    const chat = await createChatSender(owner, { name: "Chat", integrationId: await chatIntegration() });
    await expect(setPushSubject(owner, { senderId: chat.id, subject: "https://example.com" })).rejects.toMatchObject({
      code: "precondition_failed",
    });
  });

  test("has no address, no default, no verification and no copy", async () => {
    const { id: senderId } = await made();
    for (const field of [{ fromAddress: "a@example.com" }, { fromNumber: "+14155550100" }, { fromName: "A" }, { ratePerMinute: 5 }]) {
      await expect(updateSender(owner, { senderId, ...field })).rejects.toMatchObject({ code: "validation" });
    }
    await expect(updateSender(owner, { senderId, config: { publicKey: "mine" } })).rejects.toMatchObject({ code: "precondition_failed" });
    await expect(setDefaultSender(owner, { senderId })).rejects.toMatchObject({ reason: "senderHasNoDefault" });
    await expect(startSenderVerification(owner, { senderId })).rejects.toMatchObject({ reason: "senderIsProven" });
    await expect(duplicateSender(owner, { senderId, name: "Copy" })).rejects.toMatchObject({ code: "validation" });
    expect(await updateSender(owner, { senderId, name: "Renamed" })).toMatchObject({ name: "Renamed", state: "active" });
  });

  test("goes off and on again", async () => {
    const { id: senderId } = await made();
    expect(await setSenderEnabled(owner, { senderId, enabled: false })).toMatchObject({ state: "inactive", sending: false });
    expect(await setSenderEnabled(owner, { senderId, enabled: true })).toMatchObject({ state: "active", sending: true });
  });

  test("goes with its key pair, its subscriptions and what was kept for people", async () => {
    const { id: senderId } = await made();
    await upsertSubscription(user(), { senderId, ...browserSubscription() });
    await putOwnSettings(user(), { senderId, settings: { device_tokens: [] } });
    await deleteSender(owner, { senderId });
    for (const table of ["integration", "sender", "subscription", "subscription_settings"]) {
      expect(await asAdmin(`SELECT 1 FROM ${table} WHERE institution_id = $1`, [institutionId]), table).toEqual([]);
    }
    expect(await asAdmin("SELECT external_id FROM subscriber WHERE institution_id = $1 AND user_id IS NULL", [institutionId])).toHaveLength(
      1,
    );
  });

  test("leaves its account where an address of somebody stands on it", async () => {
    const { id: senderId, integration } = await made();
    await inInstitution(institutionId, (tx) =>
      tx.endpoint.create({
        data: {
          institutionId,
          id: newId(),
          identifier: "e-1",
          integrationId: integration.id,
          type: "phone",
          endpoint: { phoneNumber: "+1" },
        },
      }),
    );
    await deleteSender(owner, { senderId });
    expect(await asAdmin("SELECT id FROM integration WHERE institution_id = $1", [institutionId])).toEqual([{ id: integration.id }]);
  });

  test("R34: counts as one of the senders that an institution may have", async () => {
    env().limits.sendersPerInstitution = 2;
    const integrationId = await chatIntegration();
    const tries = await Promise.allSettled([made(), made(), made(), createChatSender(owner, { name: "Chat", integrationId })]);
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    env().limits.sendersPerInstitution = 20;
  });
});

describe("a chat sender", () => {
  test("stands on a chat account, which stays when the sender goes", async () => {
    const integrationId = await chatIntegration();
    const { id: senderId } = await createChatSender(owner, { name: "Chat", integrationId });
    await deleteSender(owner, { senderId });
    expect(await asAdmin("SELECT id FROM integration WHERE institution_id = $1", [institutionId])).toEqual([{ id: integrationId }]);
  });

  test("stays active when its account is changed on the account's own page", async () => {
    const integrationId = await chatIntegration();
    const { id: senderId } = await createChatSender(owner, { name: "Chat", integrationId });
    await configureIntegration(owner, { integrationId, config: { clientId: "another" } });
    expect(await getSender(owner, { senderId })).toMatchObject({ state: "active", config: { clientId: "another" } });
  });

  test("on an account of another kind it is refused", async () => {
    const [push] = [await made()];
    await expect(createChatSender(owner, { name: "Chat", integrationId: push.integration.id })).rejects.toMatchObject({
      code: "validation",
    });
  });
});

describe("subscriptions in the console", () => {
  test("R67: show whose they are and where, and neither a secret nor an address that can be sent to", async () => {
    const { id: senderId } = await made();
    const body = browserSubscription();
    await upsertSubscription(user("ann"), { senderId, ...body });
    const { items } = await listSubscriptions(owner, { senderId });
    expect(items).toMatchObject([
      {
        sender: { id: senderId, name: "Browsers", type: "push" },
        subscriber: { externalId: "ann" },
        identifier: `fcm.googleapis.com/…${body.identifier.slice(-4)}`,
        settings: { auth: "******", p256dh: body.settings.p256dh },
        enabled: true,
      },
    ]);
    const shown = JSON.stringify(items);
    for (const secret of [body.settings.auth, body.identifier]) expect(shown).not.toContain(secret);
  });

  test("pages go back and forth, with none twice", async () => {
    env().limits.subscriptionsPerSubscriber = 100;
    const { id: senderId } = await made();
    for (let round = 0; round < 7; round++) await upsertSubscription(user(), { senderId, ...browserSubscription() });
    const seen: string[] = [];
    let after: string | null | undefined;
    while (after !== null) {
      const page = await listSubscriptions(owner, { senderId, limit: 3, ...(after ? { after } : {}) });
      seen.push(...page.items.map(({ id }) => id));
      after = page.next;
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
    env().limits.subscriptionsPerSubscriber = 20;
  });

  test("R68: a subscriber's deletion erases their subscriptions and what was kept for them", async () => {
    const { id: senderId } = await made();
    const body = browserSubscription();
    await upsertSubscription(user("gone"), { senderId, ...body });
    await putOwnSettings(user("gone"), { senderId, settings: { device_tokens: ["t"] } });
    const { items } = await listSubscriptions(owner, { senderId });
    await deleteSubscriber(owner, { subscriberId: items[0]?.subscriber.id });
    for (const table of ["subscription", "subscription_settings"]) {
      expect(await asAdmin(`SELECT 1 FROM ${table} WHERE institution_id = $1`, [institutionId])).toEqual([]);
    }
    const trail = await asAdmin("SELECT * FROM audit_event WHERE institution_id = $1", [institutionId]);
    expect(JSON.stringify(trail)).not.toContain(body.identifier);
  });
});
