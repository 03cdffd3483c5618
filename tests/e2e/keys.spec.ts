import { generateKeyPairSync } from "node:crypto";
import { type APIRequestContext, expect } from "@playwright/test";
import { expectAccessible } from "./support/accessible";
import { addKey, addSigningKey, addToken, openFromList } from "./support/keys";
import { ORIGIN } from "./support/surroundings";
import { SIGNED_OUT, test } from "./support/test";

const ask = (request: APIRequestContext, path: string, headers: Record<string, string>) => request.get(`${ORIGIN}${path}`, { headers });

test("a key is made, shown once, used, seen in its log, and revoked at once", async ({ page, context, elsewhere }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const key = await addKey(page, "Nightly", ["Contact points: Read"]);
  expect(key).toMatch(/^sk_[0-9A-Za-z]{49}$/);
  await expect(page.getByRole("status").filter({ hasText: "Copy it now" })).toBeFocused();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  expect(page.url()).not.toContain(key);
  await page.getByRole("link", { name: "I have kept it" }).click();
  await expect(page.getByRole("row", { name: "Nightly" })).toContainText("Valid");
  expect(await page.content()).not.toContain(key.slice(15));

  const program = (await elsewhere()).request;
  expect((await ask(program, "/api/v1/contact-points", { "x-api-key": key })).status()).toBe(200);
  expect((await ask(program, "/api/v1/senders", { authorization: `Bearer ${key}` })).status()).toBe(403);
  await openFromList(page, "/keys", "Nightly");
  await expect(page.getByRole("row", { name: "/api/v1/contact-points" })).toContainText("200");
  await expect(page.getByRole("row", { name: "/api/v1/senders" })).toContainText("forbidden: scope");
  await page.getByRole("combobox", { name: "Status" }).selectOption("4xx");
  await expect(page.getByRole("row", { name: "/api/v1/contact-points" })).toBeHidden();
  await expect(page.getByRole("row", { name: "/api/v1/senders" })).toBeVisible();

  await page.getByText("Revoke …").click();
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByText("Revoked").first()).toBeVisible();
  expect((await ask(program, "/api/v1/contact-points", { "x-api-key": key })).status()).toBe(401);
  await page.goto("/audit?action=apikey.revoked");
  await expect(page.getByRole("table").getByText("API key revoked")).toBeVisible();
});

test("a key takes a name and a scope", async ({ page }) => {
  await page.goto("/keys/new");
  await page.getByLabel("Name", { exact: true }).fill("Empty");
  await page.getByRole("checkbox", { name: "Senders: Read", exact: true }).check();
  await page.getByRole("checkbox", { name: "Senders: Read", exact: true }).uncheck();
  await page.getByRole("main").getByRole("button", { name: "New API key" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Check the marked fields.");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Empty");
  await expect(page.getByRole("main").getByRole("alert")).not.toContainText("Fill this in.");
  await expect(page.getByRole("group", { name: "Scopes" })).toContainText("Fill this in.");
  await expect(page.getByRole("group", { name: "Scopes" })).toBeFocused();
  await expectAccessible(page);
  await page.getByRole("radio", { name: "Anybody: a public key" }).check();
  await page.getByRole("checkbox", { name: "Senders: Read", exact: true }).check();
  await page.getByRole("main").getByRole("button", { name: "New API key" }).click();
  await expect(page.getByRole("group", { name: "Scopes" })).toContainText("A public key takes subscriptions alone.");
});

test("a token comes with the institution's name in its API, and has a log of its requests", async ({ page, context, elsewhere }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const token = await addToken(page, "Channels");
  await page.getByRole("button", { name: "Copy the institution's ID" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeAttached();
  const institutionBizId = await page.evaluate(() => navigator.clipboard.readText());
  expect(institutionBizId).toMatch(/^inst_[0-9a-z]{25}$/);
  await expectAccessible(page);
  await page.goto("/settings");
  await expect(page.getByText(institutionBizId)).toBeVisible();
  await expectAccessible(page);

  const program = (await elsewhere()).request;
  const query = (data: object) =>
    program.post(`${ORIGIN}/web/v1/notification-channels/query`, { headers: { authorization: `Bearer ${token}` }, data });
  expect((await query({ institutionBizId })).status()).toBe(200);
  expect((await query({ institutionBizId: "inst_another" })).status()).toBe(404);
  await openFromList(page, "/keys/tokens", "Channels");
  await expect(page.getByText(institutionBizId)).toBeVisible();
  const requests = page.getByRole("row", { name: "/web/v1/notification-channels/query" });
  await expect(requests).toHaveCount(2);
  await page.getByRole("combobox", { name: "Status" }).selectOption("4xx");
  await expect(requests).toHaveCount(1);
  await expect(requests).toContainText("not_found");
  await expectAccessible(page);

  await page.getByText("Revoke …").click();
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByText("Revoked").first()).toBeVisible();
  expect((await query({})).status()).toBe(401);
});

test("signing keys are made here or uploaded, and a private one is not taken", async ({ page }) => {
  await addSigningKey(page, "Made here");
  await expect(page.getByRole("textbox", { name: "The private half" })).toHaveValue(/^-----BEGIN PRIVATE KEY-----/);
  await expectAccessible(page);
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await addSigningKey(page, "Theirs", String(pair.privateKey.export({ type: "pkcs8", format: "pem" })));
  await expect(page.getByLabel("Public key")).toHaveAccessibleDescription(/This is a private key/);
  await addSigningKey(page, "Theirs", String(pair.publicKey.export({ type: "spki", format: "pem" })));
  await expect(page.getByRole("heading", { level: 1, name: "Theirs" })).toBeVisible();
  await page.getByText("Revoke …").click();
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByText("Revoked").first()).toBeVisible();
  await page.goto("/keys/signing");
  await expect(page.getByRole("row", { name: "Made here" })).toContainText("Valid");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a key and a token are made, shown once, and revoked", async ({ page }) => {
    const key = await addKey(page, "Plain", ["Senders: Read and write"], "The institution");
    expect(key).toMatch(/^sk_/);
    await expect(page.getByRole("button", { name: "Copy" })).toBeHidden();
    await openFromList(page, "/keys", "Plain");
    await expect(page.getByText("senders:write")).toBeVisible();
    await page.getByText("Revoke …").click();
    await page.getByRole("button", { name: "Revoke for good" }).click();
    await expect(page.getByText("Revoked").first()).toBeVisible();

    await page.goto("/keys/tokens/new");
    await page.getByLabel("Name", { exact: true }).fill("By hand");
    await page.getByRole("main").getByRole("button", { name: "New access token" }).click();
    await expect(page.getByRole("textbox", { name: "The token" })).toHaveValue(/^eyJ/);
    await page.goto("/keys/tokens");
    const row = page.getByRole("row", { name: "By hand" });
    await row.getByText("Revoke …").click();
    await row.getByRole("button", { name: "Revoke for good" }).click();
    await expect(row).toContainText("Revoked");
  });
});

test.describe("signed out", () => {
  test.use(SIGNED_OUT);

  test("no key is looked at in an address", async ({ page }) => {
    const answer = await page.request.get(`${ORIGIN}/api/v1/contact-points?api_key=sk_${"0".repeat(49)}`);
    expect(answer.status()).toBe(401);
  });
});
