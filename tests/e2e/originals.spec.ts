import { createECDH, randomBytes } from "node:crypto";
import { type APIResponse, expect, type Page } from "@playwright/test";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { startDns, type TestDns } from "@/tests/support/dns-server";
import { addApplication } from "./support/application";
import { addKey, addToken } from "./support/keys";
import { registerNumber } from "./support/senders";
import { dnsPort, ORIGIN } from "./support/surroundings";
import { test } from "./support/test";

let dns: TestDns;

test.beforeAll(async () => {
  dns = await startDns(dnsPort());
});
test.afterAll(() => dns.stop());

/** What each vendor's page shows, with only host, credential, ids and placeholders changed. */
const post = (page: Page, path: string, headers: Record<string, string>, data: unknown): Promise<APIResponse> =>
  page.request.post(`${ORIGIN}${path}`, { headers, data });
/** The native API as the console itself uses it. */
const native = async <T>(page: Page, path: string, data: unknown): Promise<T> =>
  (await post(page, `/api/v1${path}`, { origin: ORIGIN }, data)).json() as Promise<T>;

test("Closient: create a notification channel", async ({ page }) => {
  const key = await addKey(page, "Closient", ["Contact points: Read and write"]);
  const body = { channel_type: "email", label: "Work Email", config: { email: "work@harbour.example" } };
  const answer = await post(page, "/notifications/api/v1/notifications/channels", { "x-api-key": key }, body);
  expect(answer.status()).toBe(201);
  expect(await answer.json()).toEqual({
    id: expect.any(String),
    channel_type: "email",
    label: "Work Email",
    verified: false,
    enabled: true,
  });
  await page.goto("/contact-points");
  await expect(page.getByRole("link", { name: /Work Email/ })).toBeVisible();
});

test("SlaunchX: create a notification channel", async ({ page }) => {
  const token = await addToken(page, "SlaunchX");
  const sender = "/web/v1/notification-channels";
  const { id } = (await (await page.request.get(`${ORIGIN}/api/v1/institution`)).json()) as { id: string };
  const institutionBizId = toBizId("institution", id);
  const emailConfig = { smtpHost: "smtp.example.com", smtpPort: 587, senderEmail: "noreply@example.com", senderName: "Acme Corp" };
  const answer = await post(
    page,
    `${sender}/command/create`,
    { authorization: `Bearer ${token}`, "accept-language": "en" },
    {
      institutionBizId,
      channelName: "Main Email",
      channelHost: "smtp.example.com",
      channelCategory: "EMAIL",
      emailConfig: { ...emailConfig, username: "noreply@example.com", password: "a password of no use" },
    },
  );
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({
    code: "2000",
    message: "SUCCESS",
    data: {
      bizId: expect.stringMatching(/^ch_/),
      institutionBizId,
      channelName: "Main Email",
      channelRemark: null,
      channelHost: "smtp.example.com",
      channelCategory: "EMAIL",
      channelStatus: "PENDING",
      emailConfig: {
        ...emailConfig,
        username: "noreply@example.com",
        password: "******",
        useSsl: true,
        useStartTls: false,
        connectionTimeout: 10_000,
        readTimeout: 30_000,
      },
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
      createdBy: expect.stringMatching(/^user_/),
      updatedBy: expect.stringMatching(/^user_/),
    },
  });
  await page.goto("/senders");
  await expect(page.getByRole("rowheader", { name: /^Main Email/ })).toBeVisible();
});

test("Votel: create an email and an SMS channel", async ({ page }) => {
  const key = await addKey(page, "Votel", ["Senders: Read and write"], "The institution");
  const headers = { "x-api-key": key };
  const { id: email_domain_id } = await verifiedDomain(page, "votel.harbour.example");
  const smtp = { host: "smtp.example.com", port: 587, security: "starttls", auth: "none" };
  const { id: integration_id } = await native<{ id: string }>(page, "/integrations", {
    name: "Votel post",
    provider: "smtp",
    config: smtp,
  });
  const email = {
    name: "Support Email",
    channel_type: "email",
    integration_id,
    send_from_email: "support@votel.harbour.example",
    email_domain_id,
    is_default: true,
  };
  const made = await post(page, "/api/channels", headers, email);
  expect(made.status()).toBe(201);
  const added = { id: expect.any(String), tenant_id: expect.any(String), created_at: expect.stringMatching(/Z$/), metadata: {} };
  expect(await made.json()).toEqual({ ...email, ...added, status: "pending" });

  const numberId = await registerNumber(page, "+81312345678");
  const channels = (await (await page.request.get(`${ORIGIN}/api/channels?channel_type=sms`, { headers })).json()) as Array<{
    id: string;
    integration_id: string;
    phone_number_id: string;
  }>;
  const bound = channels.find(({ phone_number_id }) => phone_number_id === numberId);
  const sms = {
    name: "Sales SMS",
    channel_type: "sms",
    integration_id: bound?.integration_id,
    send_from_phone_number: "+81312345678",
    phone_number_id: numberId,
    is_default: false,
  };
  // registering the number made its sender already, and the answer says which
  const again = await post(page, "/api/channels", headers, sms);
  expect(again.status()).toBe(409);
  expect(JSON.stringify(await again.json())).toContain(bound?.id);
  await page.goto(`/senders/${bound?.id}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("The number +81312345678 stays under Phone numbers");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Senders" })).toBeVisible();
  const text = await post(page, "/api/channels", headers, sms);
  expect(text.status()).toBe(201);
  expect(await text.json()).toEqual({ ...sms, ...added, status: expect.stringMatching(/^(?:available|pending)$/) });

  await page.goto("/senders");
  await expect(page.getByRole("rowheader", { name: /^Support Email/ })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /^Sales SMS/ })).toBeVisible();
});

test("Novu: create a channel connection", async ({ page }) => {
  const key = await addKey(page, "Novu", ["Connections: Read and write"], "The institution");
  await native(page, "/integrations", { name: "Slack", provider: "slack", identifier: "slack-prod", config: {} });
  await native(page, "/subscribers", { externalId: "subscriber-123" });
  const body = {
    identifier: "slack-prod-user123-abc4",
    subscriberId: "subscriber-123",
    context: { property1: "org-acme", property2: "org-acme" },
    integrationIdentifier: "slack-prod",
    workspace: { id: "T123456", name: "Acme HQ" },
    auth: { accessToken: "Workspace access token" },
  };
  const answer = await post(page, "/v1/channel-connections", { authorization: `ApiKey ${key}`, "idempotency-key": "string" }, body);
  expect(answer.status()).toBe(201);
  const { auth, ...made } = (await answer.json()) as { auth: { accessToken: string } };
  expect(made).toEqual({
    identifier: "slack-prod-user123-abc4",
    channel: "chat",
    providerId: "slack",
    integrationIdentifier: "slack-prod",
    subscriberId: "subscriber-123",
    contextKeys: ["property1:org-acme", "property2:org-acme"],
    workspace: { id: "T123456", name: "Acme HQ" },
    createdAt: expect.stringMatching(/Z$/),
    updatedAt: expect.stringMatching(/Z$/),
  });
  expect(auth.accessToken).not.toContain("Workspace");
  await page.goto("/connections");
  await expect(page.getByRole("link", { name: "Acme HQ" })).toBeVisible();
});

test("Notiflows: add a channel subscription", async ({ page }) => {
  const { publicKey, channelId, userToken } = await addApplication(page, "Notiflows");
  const endpoint = "https://fcm.googleapis.com/fcm/send/dAPq1";
  const p256dh = createECDH("prime256v1").generateKeys().toString("base64url");
  const settings = { endpoint, p256dh, auth: randomBytes(16).toString("base64url") };
  const add = () =>
    post(
      page,
      `/user/v1/channels/${channelId}/subscriptions`,
      { "x-notiflows-api-key": publicKey, "x-notiflows-user-key": userToken("user-7") },
      { identifier: endpoint, settings },
    );
  const answer = await add();
  expect(answer.status()).toBe(201);
  const made = await answer.json();
  expect(made).toEqual({
    channel_id: channelId,
    created_at: expect.stringMatching(/Z$/),
    id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
    identifier: endpoint,
    settings: { ...settings, auth: "******" },
    updated_at: expect.stringMatching(/Z$/),
  });
  const again = await add();
  expect([again.status(), ((await again.json()) as { id: string }).id]).toEqual([200, made.id]);
  await page.goto(`/senders/${channelId}`);
  await expect(page.getByText("user-7")).toBeVisible();
});

async function verifiedDomain(page: Page, domain: string): Promise<{ id: string }> {
  const added = await native<{ id: string; records: Array<{ name: string; value: string | null }> }>(page, "/domains", { domain });
  for (const { name, value } of added.records) if (value !== null) dns.zones.set(name, { ...dns.zones.get(name), txt: [value] });
  expect(await native(page, `/domains/${added.id}/check`, {})).toMatchObject({ state: "verified" });
  return added;
}
