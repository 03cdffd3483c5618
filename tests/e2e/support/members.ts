import { expect, type Page } from "@playwright/test";
import { see } from "./accessible";
import { lastMail, linkIn } from "./catcher";

export const PASSWORD = "nine copper kettles on ice";

/** From the owner's page: invites an address, and gives the link that was mailed to it. */
export async function invite(owner: Page, email: string, role = "Member"): Promise<string> {
  await owner.goto("/members/invite");
  await owner.getByLabel("Email address").fill(email);
  await owner.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
  await owner.getByRole("button", { name: "Send invitation" }).click();
  await expect(owner.getByRole("row", { name: email })).toBeVisible();
  return linkIn(await lastMail(email));
}

/** In a browser where nobody is signed in: accepts with a new account. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await see(page, /^Join /);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await see(page, "Contact points");
}
