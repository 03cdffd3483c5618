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
