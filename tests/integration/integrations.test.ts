import { beforeEach, describe, expect, test } from "vitest";
import { secretsOf } from "@/lib/channels/form-spec-for";
import type { CatalogueEntry } from "@/lib/channels/providers/catalogue/define";
import { CATALOGUE } from "@/lib/channels/providers/catalogue/registry";
import { env } from "@/lib/env";
import { createConnection } from "@/lib/services/connections/create";
import { createEndpoint } from "@/lib/services/endpoints/create";
import { configureIntegration } from "@/lib/services/integrations/configure";
import { createIntegration } from "@/lib/services/integrations/create";
import { deleteIntegration } from "@/lib/services/integrations/delete";
import { getIntegration } from "@/lib/services/integrations/get";
import { getIntegrationForm } from "@/lib/services/integrations/get-form";
import { renameIntegration } from "@/lib/services/integrations/rename";
import { openSecrets } from "@/lib/services/integrations/secrets";
import { createSender } from "@/lib/services/senders/create";
import { createSubscriber } from "@/lib/services/subscribers/create";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { refusal, smtpConfig } from "@/tests/support/senders";
import type { Person } from "@/tests/support/two-institutions";

let institutionId: string;
let admin: Person;

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});

const INFOBIP = { apiKey: "a very secret key", apiAddress: "https://abc.api.infobip.com" };
const infobip = (more: object = {}) =>
  createIntegration(admin, { provider: "infobip-sms", name: "Infobip", identifier: "infobip-prod", config: INFOBIP, ...more });

describe("an account of the catalogue", () => {
  test("R45, R50: is kept with its secrets sealed; no answer, form or audit row has one", async () => {
    const made = await infobip();
    expect(made).toMatchObject({
      name: "Infobip",
      identifier: "infobip-prod",
      provider: "infobip-sms",
      providerId: "infobip-sms",
      channel: "sms",
      delivers: false,
      secrets: [{ field: "apiKey", by: "A admin" }],
    });
    const form = await getIntegrationForm(admin, { integrationId: made.id });
    expect(form).toEqual({ config: { apiAddress: INFOBIP.apiAddress, apiKey: "******" } });
    const [row] = await asAdmin<{ text: string; secrets: string; version: number }>(
      "SELECT i::text AS text, secrets, secrets_version AS version FROM integration i WHERE id = $1",
      [made.id],
    );
    const audit = await asAdmin<{ text: string }>("SELECT a::text AS text FROM audit_event a WHERE institution_id = $1", [institutionId]);
    expect(JSON.stringify([made, form, row, audit])).not.toContain(INFOBIP.apiKey);
    const place = { table: "integration", institutionId, rowId: made.id, field: "secrets", version: row?.version ?? 0 };
    expect(openSecrets(row?.secrets ?? null, place)).toEqual({ apiKey: INFOBIP.apiKey });
  });

  test.each(CATALOGUE.filter(({ delivers }) => !delivers).map((entry) => [entry.id, entry] as const))(
    "%s can be kept",
    async (id, entry) => {
      const made = await createIntegration(admin, { provider: id, name: entry.name, config: sample(entry) });
      expect(made).toMatchObject({ provider: id, providerId: id, channel: entry.channel, delivers: false });
      expect(made.identifier).toMatch(new RegExp(`^${id}-[0-9a-z]{6}$`));
      expect(made.secrets.map(({ field }) => field).sort()).toEqual(secretsOf(entry.form).sort());
    },
  );

  test("one that delivers is the provider here that does it, and a sender can stand on it", async () => {
    const made = await createIntegration(admin, { provider: "nodemailer", name: "Mail", config: smtpConfig() });
    expect(made).toMatchObject({ provider: "smtp", providerId: "nodemailer", channel: "email", delivers: true });
    await createSender(admin, { name: "Desk", integrationId: made.id, fromAddress: "desk@example.com" });
    expect((await getIntegration(admin, { integrationId: made.id })).senders).toHaveLength(1);
  });

  test("no sender stands on one that does not deliver", async () => {
    const { id } = await infobip();
    expect(await refusal(createSender(admin, { name: "Texts", integrationId: id, fromNumber: "+819012345678" }))).toMatchObject({
      code: "validation",
      fields: ["integrationId: integration_not_delivering"],
    });
  });

  test("an identifier is one account's only, also when ten ask at once; another institution may use it too", async () => {
    const asked = await Promise.all(Array.from({ length: 10 }, () => refusal(infobip())));
    expect(asked.map(({ code }) => code).sort()).toEqual([...Array(9).fill("conflict"), "fine"]);
    expect(asked.find(({ code }) => code === "conflict")).toMatchObject({
      reason: "identifierTaken",
      fields: ["identifier: identifier_taken"],
    });
    const other = await makeMember(await makeInstitution(), "admin");
    expect((await createIntegration(other, { provider: "discord", name: "D", identifier: "infobip-prod" })).identifier).toBe(
      "infobip-prod",
    );
  });

  test("gets another identifier: what stands on it stays, the old one names nobody, and one that is taken is refused", async () => {
    const { id } = await infobip();
    await createIntegration(admin, { provider: "discord", name: "D", identifier: "discord-prod" });
    const made = { context: { tenant: "acme" }, workspace: { id: "W" }, auth: { accessToken: "t" } };
    await createConnection(admin, { ...made, integrationIdentifier: "infobip-prod" });
    const rename = (given: object) => renameIntegration(admin, { integrationId: id, ...given });
    expect(await rename({ identifier: "infobip-2" })).toMatchObject({ name: "Infobip", identifier: "infobip-2", connections: 1 });
    expect(await refusal(createConnection(admin, { ...made, integrationIdentifier: "infobip-prod" }))).toMatchObject({
      reason: "integrationNotFound",
    });
    expect(await refusal(createConnection(admin, { ...made, integrationIdentifier: "infobip-2" }))).toMatchObject({
      reason: "connectionExists",
    });
    expect(await refusal(rename({ identifier: "discord-prod" }))).toMatchObject({
      reason: "identifierTaken",
      fields: ["identifier: identifier_taken"],
    });
    expect(await refusal(rename({ identifier: "a b" }))).toMatchObject({ code: "validation", fields: ["identifier: invalid"] });
    expect(await refusal(rename({}))).toMatchObject({ code: "validation", fields: ["name: required"] });
    expect(await rename({ name: "Texts" })).toMatchObject({ name: "Texts", identifier: "infobip-2" });
    const rows = await asAdmin(
      "SELECT before, after FROM audit_event WHERE object_id = $1 AND action = 'integration.updated' ORDER BY at, id",
      [id],
    );
    expect(rows).toEqual([
      { before: { identifier: "infobip-prod" }, after: { identifier: "infobip-2" } },
      { before: { name: "Infobip" }, after: { name: "Texts" } },
    ]);
  });

  test("two accounts that want each other's identifier at once: neither gets it, and nothing fails", async () => {
    const [one, two] = [await infobip({ identifier: "one" }), await infobip({ identifier: "two" })];
    const rename = (integrationId: string, identifier: string) => refusal(renameIntegration(admin, { integrationId, identifier }));
    const told = await Promise.all([rename(one.id, "two"), rename(two.id, "one")]);
    expect(told.map(({ code }) => code)).toEqual(["conflict", "conflict"]);
  });

  test.each([
    [{ provider: "nobody" }, "provider: invalid"],
    [{ provider: "catcher_mail" }, "provider: invalid"],
    [{ identifier: "a b" }, "identifier: invalid"],
    [{ identifier: "x".repeat(101) }, "identifier: invalid"],
    [{ name: "" }, "name: required"],
    [{ config: { apiAddress: INFOBIP.apiAddress } }, "config.apiKey: required"],
    [{ config: { ...INFOBIP, apiAddress: "file:///etc/passwd" } }, "config.apiAddress: base_url"],
    [{ config: { ...INFOBIP, verified: true } }, "config.verified: unknown"],
    [{ verified: true }, "verified: unknown"],
  ])("%j is refused", async (more, field) => {
    expect(await refusal(infobip(more))).toMatchObject({ code: "validation", fields: [field] });
  });

  test("R34: so many accounts and no more", async () => {
    env().limits.integrationsPerInstitution = 1;
    await infobip();
    expect(await refusal(infobip({ identifier: "second" }))).toMatchObject({ code: "limit_exceeded", reason: "integrationLimit" });
    env().limits.integrationsPerInstitution = 200;
  });
});

describe("its settings", () => {
  const configure = (integrationId: string, config: object) => configureIntegration(admin, { integrationId, config });

  test("R44: a stored secret stays behind its mask, and goes to no other address", async () => {
    const { id } = await infobip();
    await configure(id, { ...INFOBIP, apiKey: "******" });
    const elsewhere = { apiAddress: "https://attacker.example", apiKey: "******" };
    expect(await refusal(configure(id, elsewhere))).toMatchObject({ code: "validation", fields: ["config.apiKey: password_required"] });
    await configure(id, { ...elsewhere, apiKey: "a new key" });
    const [row] = await asAdmin<{ secrets: string; version: number }>(
      "SELECT secrets, secrets_version AS version FROM integration WHERE id = $1",
      [id],
    );
    const place = { table: "integration", institutionId, rowId: id, field: "secrets", version: row?.version ?? 0 };
    expect(openSecrets(row?.secrets ?? null, place)).toEqual({ apiKey: "a new key" });
    const actions = await asAdmin("SELECT action FROM audit_event WHERE object_id = $1 ORDER BY at, id", [id]);
    expect(actions).toEqual([{ action: "integration.created" }, { action: "integration.updated" }]);
  });

  test("are not changed behind the back of a sender's proof", async () => {
    const { id } = await createIntegration(admin, { provider: "nodemailer", name: "Mail", config: smtpConfig() });
    await configure(id, smtpConfig({ readTimeoutMs: 5000, password: "******" }));
    await createSender(admin, { name: "Desk", integrationId: id, fromAddress: "desk@example.com" });
    expect(await refusal(configure(id, smtpConfig({ readTimeoutMs: 6000 })))).toMatchObject({ reason: "integrationHasSenders" });
  });

  test("R50: secrets that do not open are said to be unreadable, and that is audited", async () => {
    const { id } = await infobip();
    await asAdmin("UPDATE integration SET secrets = 'v1.k1.x.y.z.w' WHERE id = $1", [id]);
    expect(await refusal(configure(id, INFOBIP))).toMatchObject({ code: "precondition_failed", reason: "integrationUnreadable" });
    expect(await asAdmin("SELECT outcome FROM audit_event WHERE object_id = $1 AND action = 'crypt_decrypt_fail'", [id])).toHaveLength(1);
  });
});

test("an account is not deleted from under a connection or an endpoint, and says which there are", async () => {
  const { id } = await createIntegration(admin, { provider: "slack", name: "Slack", identifier: "slack" });
  const { id: subscriberId } = await createSubscriber(admin, { externalId: "one" });
  const workspace = { workspace: { id: "T1" }, auth: { accessToken: "token" } };
  const connection = await createConnection(admin, { integrationId: id, subscriberId, identifier: "conn", ...workspace });
  await createEndpoint(admin, { integrationId: id, subscriberId, identifier: "endp", type: "slack_user", endpoint: { userId: "U" } });
  expect(await refusal(deleteIntegration(admin, { integrationId: id }))).toMatchObject({
    code: "conflict",
    reason: "integrationInUse",
    params: { names: "conn, endp" },
  });
  expect(await getIntegration(admin, { integrationId: id })).toMatchObject({ connections: 1, endpoints: 1 });
  expect(connection.mode).toBe("subscriber");
});

test("a connection that is made while its account goes: one of the two, and never a loose row", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await createIntegration(admin, { provider: "slack", name: "Slack" });
    const context = { tenant: `t${round}` };
    const made = refusal(createConnection(admin, { integrationId: id, context, workspace: { id: "T" }, auth: { accessToken: "t" } }));
    const [create, gone] = await Promise.all([made, refusal(deleteIntegration(admin, { integrationId: id }))]);
    expect([create.code, gone.code].sort(), `${create.code} ${gone.code}`).toEqual(
      create.code === "fine" ? ["conflict", "fine"] : ["fine", "not_found"],
    );
  }
});

/** Something in every field that a form has. */
function sample({ form }: CatalogueEntry): Record<string, unknown> {
  const value = (name: string) =>
    /address|url|link/i.test(name)
      ? "https://api.example.com"
      : name === "port"
        ? 8080
        : ["production", "sandbox", "verifyHmac"].includes(name)
          ? true
          : `a ${name}`;
  return Object.fromEntries(Object.keys(form.config.shape).map((name) => [name, value(name)]));
}
