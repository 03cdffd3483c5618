import { expect, type Page } from "@playwright/test";
import { see } from "./support/accessible";
import { codeIn, lastMail, lastText, linkIn } from "./support/catcher";
import { standing } from "./support/contact-points";
import { invite, join, PASSWORD } from "./support/members";
import { makeInstitution, OWNER, signIn } from "./support/owner";
import { test } from "./support/test";

const HERE = "people";
const mainNav = (page: Page) => page.getByRole("navigation", { name: "Main", exact: true });
const accountButton = (page: Page) => page.getByRole("banner").getByRole("button", { name: /^Your account/ });

test("R33: a wrong password reads the same for whoever has an account and who has none", async ({ elsewhere }) => {
  const page = await elsewhere();
  const said: string[] = [];
  for (const email of [OWNER.email, "nobody@harbour.example"]) {
    await signIn(page, { ...OWNER, email, password: "surely not the password" });
    const alert = page.getByRole("main").getByRole("alert");
    await expect(alert).toBeFocused();
    said.push(((await alert.textContent()) ?? "").replace(/Reference: \S+/, ""));
    await see(page, "Sign in");
  }
  expect(said[0]).toContain("do not belong together");
  expect(said[1]).toBe(said[0]);
});

test("whoever is invited makes an account, sees what the role allows, and signs out and in", async ({ page, elsewhere, complaints }) => {
  const member = await elsewhere();
  const link = await invite(page, "mia@harbour.example");
  await see(page, "Members");
  await join(member, link, "Mia Sato");
  await expect(member.getByRole("button", { name: `Institution: ${HERE}` })).toBeVisible();
  await expect(mainNav(member).getByRole("link")).toHaveText(["Contact points", "Inbox", "Members", "API keys"]);
  complaints.expect(/404/);
  for (const path of ["/subscribers", "/subscribers/new", "/audit", "/settings", "/catcher", "/members/invite"]) {
    expect((await member.goto(path))?.status(), path).toBe(404);
  }
  await see(member, "This page is not here");
  await member.goto("/members");
  await see(member, "Members");
  await expect(member.getByRole("link", { name: "Invite member" })).toBeHidden();

  await accountButton(member).click();
  await member.getByRole("button", { name: "Sign out" }).click();
  await see(member, "Sign in");
  await member.goto("/inbox");
  await see(member, "Sign in");
  await signIn(member, { ...OWNER, email: "mia@harbour.example", password: PASSWORD });
  await see(member, "Contact points");
  await member.goto(link);
  await see(member, "This invitation no longer works");

  await page.goto("/members");
  await page.getByRole("link", { name: "Manage Mia Sato" }).click();
  await see(page, "Mia Sato");
  await page.getByRole("radio", { name: /^Admin/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Role changed.")).toBeVisible();
  await member.goto("/subscribers");
  await see(member, "Subscribers");
});

test("language and theme stay chosen, in the next browser too", async ({ page, elsewhere }) => {
  const member = await elsewhere();
  await join(member, await invite(page, "ken@harbour.example"), "Ken Mori");
  await accountButton(member).click();
  await member.getByRole("button", { name: "Dark" }).click();
  await expect(member.locator("html")).toHaveAttribute("data-theme", "dark");
  await member.getByRole("banner").getByLabel("Language").selectOption("ja");
  await expect(member.locator("html")).toHaveAttribute("lang", "ja");
  await see(member, "連絡先");
  const next = await elsewhere();
  await signIn(next, { ...OWNER, email: "ken@harbour.example", password: PASSWORD });
  await see(next, "連絡先");
  await expect(next.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("times stand in the reader's own time zone, from the second page on", async ({ page, elsewhere }) => {
  const member = await elsewhere({ timezoneId: "Asia/Tokyo" });
  await join(member, await invite(page, "aoi@harbour.example", "Admin"), "Aoi Kondo");
  expect(await member.context().cookies()).toContainEqual(expect.objectContaining({ name: "tz", value: "Asia/Tokyo", sameSite: "Lax" }));
  await member.goto("/audit");
  await see(member, "Audit log");
  const shown = member.getByRole("table").locator("time").first();
  const at = new Date((await shown.getAttribute("datetime")) ?? "");
  const clock = at.toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" });
  await expect(shown).toHaveText(new RegExp(`${clock} GMT\\+9$`));
});

test("a session that is ended elsewhere is signed out on its next request", async ({ page, elsewhere }) => {
  const [here, there] = [
    await elsewhere(),
    await elsewhere({ userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0" }),
  ];
  await join(here, await invite(page, "rin@harbour.example"), "Rin Abe");
  await signIn(there, { ...OWNER, email: "rin@harbour.example", password: PASSWORD });
  await see(there, "Contact points");
  await here.goto("/account");
  await see(here, "Account");
  await here
    .getByRole("row", { name: /Firefox/ })
    .getByRole("button", { name: "Sign out" })
    .click();
  await expect(here.getByRole("row", { name: /Firefox/ })).toBeHidden();
  await there.goto("/inbox");
  await see(there, "Sign in");
  await here.reload();
  await see(here, "Account");
});

test("a forgotten password is replaced through the mail, once, and every session ends", async ({ page, elsewhere }) => {
  const [member, reader] = [await elsewhere(), await elsewhere()];
  await join(member, await invite(page, "yui@harbour.example"), "Yui Ono");
  await reader.goto("/sign-in");
  await reader.getByRole("link", { name: "Forgot your password?" }).click();
  await see(reader, "Reset password");
  await reader.getByLabel("Email address").fill("yui@harbour.example");
  await reader.getByRole("button", { name: "Send link" }).click();
  await expect(reader.getByText("If there is an account with this address, a link is on its way.")).toBeVisible();
  const link = linkIn(await lastMail("yui@harbour.example", 2));
  await reader.goto(link);
  await see(reader, "Choose a new password");
  await reader.getByLabel("New password", { exact: true }).fill("password1234567");
  await reader.getByRole("button", { name: "Set password" }).click();
  await expect(reader.getByLabel("New password", { exact: true })).toHaveAccessibleDescription(/guessed early/);
  await reader.getByLabel("New password", { exact: true }).fill("four lanterns over water");
  await reader.getByRole("button", { name: "Set password" }).click();
  await expect(reader.getByText("Your new password is set. Sign in with it.")).toBeVisible();
  await signIn(reader, { ...OWNER, email: "yui@harbour.example", password: "four lanterns over water" });
  await see(reader, "Contact points");
  await member.reload();
  await see(member, "Sign in");
  await member.goto(link);
  await see(member, "This link no longer works");
});

test("an owner makes another institution and switches between the two", async ({ page }) => {
  await makeInstitution(page, "Second House");
  await see(page, "Contact points");
  await page.goto("/settings");
  await see(page, "Settings");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Second House");
  await page.getByRole("button", { name: "Institution: Second House" }).click();
  await page.getByRole("button", { name: HERE }).click();
  await expect(page.getByRole("button", { name: `Institution: ${HERE}` })).toBeVisible();
  await page.goto("/members");
  await expect(page.getByRole("row", { name: OWNER.name })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("button", { name: "Switch to Second House" }).click();
  await expect(page.getByRole("button", { name: "Institution: Second House" })).toBeVisible();
  await page.getByRole("button", { name: "Institution: Second House" }).click();
  await page.getByRole("button", { name: HERE }).click();
  await expect(page.getByRole("button", { name: `Institution: ${HERE}` })).toBeVisible();
});

test("the audit page tells who did what, and can be narrowed and exported", async ({ page }) => {
  await invite(page, "audited@harbour.example", "Admin");
  await page.goto("/audit");
  await see(page, "Audit log");
  await page.getByLabel("Action").selectOption({ label: "Member invited" });
  await expect(page).toHaveURL(/action=member\.invited/);
  const event = page.getByRole("row").filter({ hasText: "Member invited" }).first();
  await expect(event).toContainText(OWNER.name);
  await event.getByText("Member invited").click();
  await expect(event.getByText("a***@harbour.example")).toBeVisible();
  await see(page, "Audit log");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export as CSV" }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
});

test("R5, R31: a subscriber without an account proves a number on the public page", async ({ page, elsewhere }) => {
  await page.goto("/subscribers");
  await page.getByRole("link", { name: "Add subscriber" }).click();
  await see(page, "Add subscriber");
  await page.getByLabel("External ID").fill("C-1001");
  await page.getByRole("button", { name: "Add subscriber" }).click();
  await see(page, "C-1001");
  await page.getByRole("link", { name: "Add contact point" }).first().click();
  await page.getByRole("link", { name: "Text message" }).click();
  await page.getByLabel("Phone number").fill("08033334444");
  await page.getByLabel("Name", { exact: true }).fill("Their phone");
  await page.getByRole("button", { name: "Add and send text" }).click();
  await see(page, "Their phone");
  await expect(page.getByText("Only the person it belongs to can verify it")).toBeVisible();
  await expect(page.getByText("08033334444")).toBeHidden();
  const code = codeIn(await lastText("+818033334444"));

  const person = await elsewhere();
  await person.goto("/verify");
  await see(person, "Enter the code from a text message");
  const submit = async (given: string) => {
    await person.getByLabel("Country or region").selectOption("JP");
    await person.getByLabel("Phone number").fill("08033334444");
    await person.getByLabel("Code", { exact: true }).fill(given);
    await person.getByRole("button", { name: "Verify" }).click();
  };
  await submit(code === "000000" ? "111111" : "000000");
  await expect(person.getByRole("main").getByRole("alert")).toContainText("This code or link does not work.");
  await submit(code);
  await expect(person.getByText("The number is verified.")).toBeVisible();
  await standing(page, "Verified and on");
});
