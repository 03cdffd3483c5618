import { expect, type Page } from "@playwright/test";
import { see } from "./support/accessible";
import { codeIn, lastMail, linkIn } from "./support/catcher";
import { addEmail, addVerifiedEmail, enterCode, standing } from "./support/contact-points";
import { words } from "./support/surroundings";
import { test } from "./support/test";

const submitEmail = (page: Page) => page.getByRole("button", { name: "Add and send message" });
const name = (page: Page) => page.getByLabel("Name", { exact: true });

async function inLanguage(page: Page, locale: string): Promise<void> {
  await page.context().addCookies([{ name: "locale", value: locale, url: new URL(page.url()).origin }]);
  await page.reload();
}

test("what is missing is said beside its field, and the first such field has the focus", async ({ page }) => {
  await page.goto("/contact-points/new?type=email");
  await see(page, "Add an email address");
  await submitEmail(page).click();
  const email = page.getByLabel("Email address");
  for (const field of [email, name(page)]) {
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(/Fill in this field/);
  }
  await expect(email).toBeFocused();
  await see(page, "Add an email address");
  await email.fill("kei@harbour.example");
  await expect(email).not.toHaveAttribute("aria-invalid");
});

for (const locale of ["en", "ja"]) {
  test(`what only the server can tell lands on its field too, in ${locale}`, async ({ page }) => {
    for (const [type, input, typed, reason] of [
      ["email", "email", "kei＠b@harbour.example", "email_at_repeated"],
      ["sms", "tel", "0990504567", "phone_line_type"],
    ] as const) {
      await page.goto(`/contact-points/new?type=${type}`);
      await inLanguage(page, locale);
      const field = page.locator(`input[type=${input}]`);
      await field.fill(typed);
      await page.getByLabel(words(locale, "contactPoints", "label.label"), { exact: true }).fill("Spare");
      await page.getByRole("button", { name: words(locale, "contactPointTypes", `${type}.submit`) }).click();
      await expect(field).toHaveAccessibleDescription(new RegExp(words(locale, "errors", `field.${reason}`)));
      await expect(field).toBeFocused();
      await expect(field).toHaveValue(/kei|0990/);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await see(page, words(locale, "contactPointTypes", `${type}.add`));
    }
  });
}

test("the name follows the address until somebody types one", async ({ page }) => {
  await page.goto("/contact-points/new?type=email");
  const email = page.getByLabel("Email address");
  await email.pressSequentially("kei@harb");
  await expect(name(page)).toHaveValue("kei@harb");
  await name(page).fill("Work");
  await email.pressSequentially("our.example");
  await expect(name(page)).toHaveValue("Work");
  await page.getByRole("link", { name: "Cancel" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave without saving?" });
  await see(page, "Add an email address");
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await expect(email).toHaveValue("kei@harbour.example");
});

test("R39: a number may be typed as at home or as from abroad, and is shown as it will be saved", async ({ page }) => {
  await page.goto("/contact-points/new?type=sms");
  const number = page.getByLabel("Phone number");
  const country = page.getByLabel("Country or region");
  const preview = page.getByText("Will be saved as");
  await number.pressSequentially("08011112222");
  await expect(number).toHaveValue("080-1111-2222");
  await expect(preview).toHaveText("Will be saved as +818011112222");
  await number.fill("");
  await number.pressSequentially("+447400123456");
  await expect(preview).toHaveText("Will be saved as +447400123456");
  await expect(country).toHaveValue("GB");
  await number.fill("");
  await country.selectOption("VN");
  await number.pressSequentially("0912345678");
  await expect(preview).toHaveText("Will be saved as +84912345678");
  await see(page, "Add a phone number");
});

test("R5, R11, R22: a wrong code costs a try, and a new code waits its turn and ends the one before", async ({ page }) => {
  await addEmail(page, "again@harbour.example");
  const first = codeIn(await lastMail("again@harbour.example"));
  await expect(page.getByText(/^New message possible in 0:0\d$/)).toBeVisible();
  await enterCode(page, first === "000000" ? "111111" : "000000");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("This code or link does not work.");
  await expect(page.getByText("4 tries left")).toBeVisible();
  await see(page, "again@harbour.example");

  await page.getByRole("button", { name: "Send a new code" }).click();
  await expect(page.getByText("5 tries left")).toBeVisible();
  const second = codeIn(await lastMail("again@harbour.example", 2));
  await enterCode(page, first);
  await expect(page.getByText("4 tries left")).toBeVisible();
  await enterCode(page, second);
  await standing(page, "Verified and on");
});

test("a change of address leaves the old one in use until the new one is proven", async ({ page, elsewhere }) => {
  const path = await addVerifiedEmail(page, "old@harbour.example", "Moving");
  const change = async (address: string) => {
    await page.getByRole("link", { name: "Change", exact: true }).click();
    await see(page, "Change address");
    await page.getByLabel("Email address").fill(address);
    await page.getByRole("button", { name: "Change and send message" }).click();
    await see(page, "Moving");
    await expect(page.getByText("old@harbour.example stays in use until then.")).toBeVisible();
    await standing(page, "New address not verified");
  };
  await change("given-up@harbour.example");
  await page.getByRole("button", { name: "Keep the old address" }).click();
  await standing(page, "Verified and on");
  const abandoned = linkIn(await lastMail("given-up@harbour.example"));

  await change("new@harbour.example");
  const reader = await elsewhere();
  await reader.goto(abandoned);
  await see(reader, "This link does not work any more");
  await enterCode(page, codeIn(await lastMail("new@harbour.example")));
  await standing(page, "Verified and on");
  await page.goto(path);
  await expect(page.getByRole("definition").filter({ hasText: "new@harbour.example" })).toBeVisible();
  await lastMail("old@harbour.example", 2);
});

test("a pause holds messages back for an hour, and can be ended", async ({ page }) => {
  await addVerifiedEmail(page, "paused@harbour.example");
  await page.getByRole("button", { name: "For an hour" }).click();
  await standing(page, "Paused");
  await expect(page.getByText("Paused until")).toBeVisible();
  await expect(page.getByText("This contact point receives no messages right now.")).toBeVisible();
  await see(page, "paused@harbour.example");
  await page.getByRole("button", { name: "Resume now" }).click();
  await standing(page, "Verified and on");
});

test("a test is followed until it is sent; the next one inside the minute waits and goes by itself", async ({ page }) => {
  await addVerifiedEmail(page, "tested@harbour.example");
  const send = page.getByRole("button", { name: "Send a test" });
  const dialog = page.getByRole("dialog", { name: "Test" });
  await send.click();
  await expect(dialog.getByText("Sent", { exact: true })).toBeVisible();
  await see(page, "tested@harbour.example");
  await lastMail("tested@harbour.example", 2);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(send).toBeFocused();
  await send.click();
  await expect(dialog.getByText(/One test a minute. It is sent by itself in 0:0\d/)).toBeVisible();
  await expect(dialog.getByText("Sent", { exact: true })).toBeVisible();
  await lastMail("tested@harbour.example", 3);
});

test("deleting names what is lost, and can be undone", async ({ page }) => {
  const path = await addVerifiedEmail(page, "gone@harbour.example", "Old desk");
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete Old desk?" });
  await expect(dialog).toContainText("gone@harbour.example loses its verification, and messages that wait for it are cancelled.");
  await see(page, "Old desk");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL("/contact-points");
  await expect(page.getByText("Old desk was deleted.")).toBeVisible();
  await expect(page.getByRole("link", { name: /Old desk/ })).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Old desk is back.")).toBeVisible();
  await expect(page).toHaveURL(path);
  await standing(page, "Verified and on");
});

test("an in-app contact point is confirmed in the inbox, which the bell counts", async ({ page }) => {
  const bell = page.getByRole("banner").getByRole("link", { name: /^Inbox, / });
  await page.goto("/inbox");
  const all = page.getByRole("button", { name: "Mark all as read" });
  if (await all.isVisible()) await all.click();
  await expect(bell).toHaveAccessibleName("Inbox, nothing unread");
  await page.goto("/contact-points/new?type=in_app");
  await see(page, "Add in-app messages");
  await expect(name(page)).toHaveValue("In-app");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await see(page, "In-app");
  await page.reload();
  await expect(bell).toHaveAccessibleName("Inbox, 2 unread");
  await page.getByRole("link", { name: "Open inbox" }).click();
  await see(page, "Inbox");
  await page.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Inbox confirmed" })).toBeVisible();
  await page.getByRole("link", { name: "Show contact point" }).first().click();
  await standing(page, "Verified and on");
});
