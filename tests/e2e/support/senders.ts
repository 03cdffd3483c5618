import { expect, type Page } from "@playwright/test";

/** One step of the test, by its name. */
export const rung = (page: Page, name: string) => {
  const steps = page.getByRole("list", { name: "Steps of the test" }).getByRole("listitem");
  return steps.filter({ has: page.getByText(name, { exact: true }) });
};

/** Puts a text into the field for the server as the clipboard does. */
export async function pasteServer(page: Page, text: string): Promise<void> {
  await page.getByLabel("Server", { exact: true }).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", pasted);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

export const verdict = (page: Page, words: string) => expect(page.getByText(words, { exact: true })).toBeVisible({ timeout: 30_000 });

/** Presses the button that tests, whatever it says now, and waits for the end. */
export async function testAgain(page: Page, end: string): Promise<void> {
  await page.getByRole("button", { name: /^Test (these settings|again)$/ }).click();
  await expect(page.getByRole("button", { name: "Stop" })).toBeHidden({ timeout: 30_000 });
  await verdict(page, end);
}

/** Adds a mail server that nobody has tested yet; gives the sender's id. */
export async function addSmtpSender(page: Page, name: string): Promise<string> {
  await page.goto("/senders/new?provider=smtp&preset=custom");
  await page.getByLabel("Server", { exact: true }).fill("smtp.harbour.example");
  await page.getByLabel("User name", { exact: true }).fill("post@harbour.example");
  await page.getByLabel("Password", { exact: true }).fill("s3cret");
  await page.getByLabel("Name of this sender").fill(name);
  return add(page, name);
}

/** Adds a push sender, whose keys are made with it; gives its id. */
export async function addPushSender(page: Page, name: string): Promise<string> {
  await page.goto("/senders/new/push");
  await page.getByLabel("Name of this sender").fill(name);
  return add(page, name);
}

/** Registers a phone number on an account for texts that is made for it; gives the number's id. */
export async function registerNumber(page: Page, number: string): Promise<string> {
  await page.goto("/senders/new?provider=catcher_text");
  await page.getByLabel("From number").fill(number);
  await page.getByLabel("Name of this sender").fill("Sample texts");
  await add(page, "Sample texts");
  await page.goto("/numbers/register");
  await page.getByLabel("Phone number").fill(number);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("heading", { name: "About this number" })).toBeVisible();
  return idOf(page);
}

async function add(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "Add sender" }).click();
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
  return idOf(page);
}

const idOf = (page: Page) => new URL(page.url()).pathname.split("/").at(-1) ?? "";
