import { expect, type Page } from "@playwright/test";
import { codeIn, lastMail } from "./catcher";

export const codeField = (page: Page) => page.getByLabel("Code", { exact: true });
export const standing = (page: Page, words: string) => expect(page.locator("main header").getByText(words, { exact: true })).toBeVisible();

/** Adds an email address through its form and stops on its page. */
export async function addEmail(page: Page, address: string, label = address): Promise<string> {
  await page.goto("/contact-points/new?type=email");
  await page.getByLabel("Email address").fill(address);
  await page.getByLabel("Name", { exact: true }).fill(label);
  await page.getByRole("button", { name: "Add and send message" }).click();
  await expect(page.getByRole("heading", { level: 1, name: label })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Proves the address of the page that is open with the code that was mailed. */
export async function enterCode(page: Page, code: string): Promise<void> {
  await codeField(page).fill(code);
  await page.getByRole("button", { name: "Verify", exact: true }).click();
}

export async function addVerifiedEmail(page: Page, address: string, label = address): Promise<string> {
  const path = await addEmail(page, address, label);
  await enterCode(page, codeIn(await lastMail(address)));
  await standing(page, "Verified and on");
  return path;
}
