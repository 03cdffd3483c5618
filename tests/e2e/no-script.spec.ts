import { expect } from "@playwright/test";
import { lastMail, linkIn } from "./support/catcher";
import { standing } from "./support/contact-points";
import { OWNER } from "./support/owner";
import { SIGNED_OUT, test } from "./support/test";

test.use({ javaScriptEnabled: false });

test.describe("signed out", () => {
  test.use(SIGNED_OUT);

  test("signing in works without JavaScript", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByLabel("Email address").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill("not the right one at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("do not belong together");
    await expect(page.getByLabel("Email address")).toHaveValue(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Contact points" })).toBeVisible();
  });
});

test("an email address is added, kept when it was wrong, switched and verified without JavaScript", async ({ page, elsewhere }) => {
  await page.goto("/contact-points");
  await page.getByRole("link", { name: "Add contact point" }).first().click();
  await page.getByRole("main").getByRole("link", { name: "Email" }).click();
  const email = page.getByLabel("Email address");
  await email.fill("plain@harbour.example");
  await page.getByLabel("Name", { exact: true }).fill("x\u202Ey");
  await page.getByRole("button", { name: "Add and send message" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/change the direction of text/);
  await expect(email).toHaveValue("plain@harbour.example");
  await page.getByLabel("Name", { exact: true }).fill("Plain");
  await page.getByRole("button", { name: "Add and send message" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Plain" })).toBeVisible();

  const control = page.getByRole("switch", { name: "Receive messages here" });
  await control.click();
  await expect(control).toHaveAttribute("aria-checked", "false");
  await control.click();
  await expect(control).toHaveAttribute("aria-checked", "true");

  const reader = await elsewhere({ javaScriptEnabled: false });
  await reader.goto(linkIn(await lastMail("plain@harbour.example")));
  await reader.getByRole("button", { name: "Confirm" }).click();
  await expect(reader.getByRole("heading", { level: 1, name: "Verified" })).toBeVisible();
  await page.reload();
  await standing(page, "Verified and on");
});
