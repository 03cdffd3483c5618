import { expect, type Page } from "@playwright/test";

/** Makes a key as its page does, and gives what was shown once. */
export async function addKey(page: Page, name: string, scopes: readonly string[], actsAs?: string): Promise<string> {
  await page.goto("/keys/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  if (actsAs) await page.getByRole("radio", { name: actsAs }).check();
  for (const scope of scopes) await page.getByRole("checkbox", { name: scope, exact: true }).check();
  await page.getByRole("main").getByRole("button", { name: "New API key" }).click();
  await expect(page.getByText("Copy it now: it is shown only this once")).toBeVisible();
  return page.getByRole("textbox", { name: "The key" }).inputValue();
}

/** Opens a key, or a signing key, from its list; its id stands in the address. */
export async function openFromList(page: Page, list: string, name: string): Promise<string> {
  await page.goto(list);
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  return page.url().split("/").at(-1) ?? "";
}

export async function addSigningKey(page: Page, name: string, publicKey = ""): Promise<void> {
  await page.goto("/keys/signing/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Public key").fill(publicKey);
  await page.getByRole("main").getByRole("button", { name: "New signing key" }).click();
}

/** Makes an access token that acts as whoever is signed in, and gives what was shown once. */
export async function addToken(page: Page, name: string): Promise<string> {
  await page.goto("/keys/tokens/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("main").getByRole("button", { name: "New access token" }).click();
  return page.getByRole("textbox", { name: "The token" }).inputValue();
}
