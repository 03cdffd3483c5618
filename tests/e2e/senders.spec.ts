import { expect, type Page } from "@playwright/test";
import { expectAccessible, see } from "./support/accessible";
import { codeIn } from "./support/catcher";
import { addEmail, addVerifiedEmail, codeField, enterCode, standing } from "./support/contact-points";
import { invite, join } from "./support/members";
import { OWNER } from "./support/owner";
import { ACCOUNT, deliveredTo, openPostOffice, type PostOffice } from "./support/post-office";
import { pasteServer, rung, testAgain, verdict } from "./support/senders";
import { smtpPort } from "./support/surroundings";
import { test } from "./support/test";

const MEMBER = "kei@harbour.example";
const FAILED = "It does not work yet";
const PASSED = "Everything was accepted";
const server = (page: Page) => page.getByLabel("Server", { exact: true });
const more = (page: Page) => page.getByRole("group", { name: "Server and account" }).getByText("More settings");

let office: PostOffice | undefined;
test.afterEach(async () => {
  await office?.stop();
  office = undefined;
});

test("from wrong settings to a member's verification mail through the institution's own server", async ({ page, elsewhere }) => {
  test.slow();
  office = await openPostOffice();
  const member = await elsewhere();
  await join(member, await invite(page, MEMBER), "Kei Mori");

  await test.step("a pasted address fills the form", async () => {
    await page.goto("/senders");
    await see(page, "Senders");
    await expect(page.getByText("Goes out through the system's sender until one of yours is the default.")).toHaveCount(2);
    await page.getByRole("link", { name: "Add sender" }).first().click();
    await see(page, "Add sender");
    await page.getByRole("link", { name: "Another mail server" }).click();
    await see(page, "Add sender: SMTP server");
    await pasteServer(page, ` smtps://${ACCOUNT.user}:not-${ACCOUNT.password}@localhost:${smtpPort()} `);
    await expect(server(page)).toHaveValue("localhost");
    await expect(page.getByLabel("Port")).toHaveValue(String(smtpPort()));
    await expect(page.getByRole("radio", { name: "TLS from the start" })).toBeChecked();
    await expect(page.getByLabel("User name", { exact: true })).toHaveValue(ACCOUNT.user);
    await expect(page.getByLabel("From address")).toHaveValue(ACCOUNT.user);
    await expect(page.getByLabel("Name of this sender")).toHaveValue("localhost");
    await page.getByLabel("Name of this sender").fill("Harbour post");
  });

  await test.step("what is wrong is read, and its cure applied", async () => {
    await testAgain(page, FAILED);
    await expect(rung(page, "Secure the connection")).toContainText("Choose STARTTLS");
    await expectAccessible(page);
    await page.getByRole("button", { name: `Use STARTTLS on ${smtpPort()}` }).click();
    await expect(page.getByRole("radio", { name: "STARTTLS" })).toBeChecked();
    await expect(page.getByRole("button", { name: "Test again" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(rung(page, "Secure the connection")).toContainText("Harbour authority, which is not trusted here");
    await page.getByRole("button", { name: "Go to “Certificate of your own authority”" }).click();
    await expect(page.getByLabel("Certificate of your own authority")).toBeFocused();
    await page.getByLabel("Certificate of your own authority").fill(office?.ca ?? "");
    await testAgain(page, FAILED);
    await expect(rung(page, "Sign in")).toContainText("535 5.7.8 Bad credentials");
    await expect(rung(page, "Sign in")).toContainText("User name or password is wrong.");
    await page.getByRole("button", { name: "Go to “Password”" }).click();
    await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
    await page.keyboard.type(ACCOUNT.password);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(ACCOUNT.password);
    await testAgain(page, PASSED);
    await expect(rung(page, "Offer the recipient")).toContainText("It needs a verified email address of your own.");
    await expectAccessible(page);
  });

  await test.step("a code through it proves it", async () => {
    await page.getByRole("button", { name: "Add sender" }).click();
    await see(page, "Harbour post");
    await standing(page, "Not verified");
    await expect(page.getByText("Set by Ana Ito on", { exact: false })).toBeVisible();
    await page.getByRole("button", { name: "Send code" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Sent" })).toBeVisible();
    await expect(codeField(page)).toBeFocused();
    await enterCode(page, codeIn({ text: await deliveredTo(office as PostOffice, OWNER.email) }));
    await standing(page, "Active");
    await expect(page.getByText("Verified. This sender can be used.")).toBeVisible();
    await expect(page.getByText("Mail goes out through the system's sender until this one is the default.")).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("the saved settings are tested, with a message to the person who asks, and the result is kept", async () => {
    const own = "ana.desk@harbour.example";
    await addVerifiedEmail(page, own);
    await page.goto("/senders");
    await page.getByRole("link", { name: "Harbour post" }).click();
    await page.getByRole("checkbox", { name: "Also send me a message" }).check();
    await testAgain(page, PASSED);
    await expect(rung(page, "Hand over a message")).toContainText("Passed");
    expect(office?.messages.at(-1)).toContain(`To: <${own}>`);
    await page.reload();
    await expect(page.getByText("Tested", { exact: false }).first()).toBeVisible();
    await verdict(page, PASSED);
  });

  await test.step("as the default it carries what members are sent", async () => {
    await page.getByRole("button", { name: "Make default" }).click();
    await standing(page, "Default");
    await page.goto("/senders");
    await expect(page.getByText(`Goes out through Harbour post from ${ACCOUNT.user}`)).toBeVisible();
    await see(page, "Senders");
    await addEmail(member, "kei.home@harbour.example", "Home");
    await enterCode(member, codeIn({ text: await deliveredTo(office as PostOffice, "kei.home@harbour.example") }));
    await standing(member, "Verified and on");
  });
  expect(office.inClear()).not.toContain("AUTH");

  await test.step("another destination asks for the password again, and until a new proof the old settings send", async () => {
    await page.goto("/senders");
    await page.getByRole("link", { name: "Harbour post" }).first().click();
    await page.getByLabel("User name", { exact: true }).fill("other@harbour.example");
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/Enter it again/);
    await page.getByLabel("Password", { exact: true }).fill("another");
    await page.getByRole("button", { name: "Save settings" }).click();
    await standing(page, "Changes not verified");
    await expect(page.getByText("Your changes wait to be verified")).toBeVisible();
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
    await expectAccessible(page);
  });
});

test("what is missing or misplaced is said before anything is tested", async ({ page }) => {
  await page.goto("/senders/new?provider=smtp&preset=custom");
  await page.getByRole("button", { name: "Test these settings" }).click();
  await expect(page.getByText("User name: Fill in this field")).toBeVisible();
  await expect(server(page)).toBeFocused();
  await server(page).fill("  ana@harbour.example ");
  await server(page).blur();
  await expect(server(page)).toHaveAccessibleDescription(/This is an email address/);
  await server(page).fill("  smtp.harbour.example ");
  await server(page).blur();
  await expect(server(page)).toHaveValue("smtp.harbour.example");
  await page.getByRole("radio", { name: "TLS from the start" }).check();
  await expect(page.getByLabel("Port")).toHaveValue("465");
  await page.getByRole("radio", { name: "OAuth 2" }).check();
  await expect(page.getByLabel("Refresh token")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeHidden();
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Leave" }).click();
  await see(page, "Senders");
});

test("a test is stopped while it runs, and the keyboard stays where it was", async ({ page }) => {
  office = await openPostOffice({ takeOver: () => undefined });
  await page.goto("/senders/new?provider=smtp&preset=custom");
  await pasteServer(page, `smtp://${ACCOUNT.user}:${ACCOUNT.password}@localhost:${smtpPort()}`);
  await expect(server(page)).toHaveValue("localhost");
  await page.getByRole("button", { name: "Test these settings" }).click();
  await expect(rung(page, "Wait for its greeting")).toContainText("Running");
  await page.getByRole("button", { name: "Stop" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("The test was stopped.").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Test again" })).toBeFocused();
});

test("a sender is duplicated, and the one that is needed cannot be deleted", async ({ page }) => {
  await page.goto("/senders/new?provider=catcher_mail");
  await page.getByLabel("From address").fill("one@harbour.example");
  await page.getByLabel("Name of this sender").fill("First");
  await page.getByRole("button", { name: "Add sender" }).click();
  await see(page, "First");
  await page.getByRole("button", { name: "Duplicate" }).click();
  await see(page, "First (copy)");
  await page.getByRole("button", { name: "Make default" }).click();
  await standing(page, "Default");
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog.getByRole("alert")).toContainText("This is the default sender. Make another one the default first");
  await dialog.getByRole("button", { name: "Keep" }).click();
  await page.goto("/senders");
  await page.getByRole("link", { name: "First Caught mail" }).click();
  await see(page, /^First$/);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await see(page, "Senders");
  await expect(page.getByRole("row", { name: "First (copy)" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a sender is added, tested and its result read", async ({ page }) => {
    office = await openPostOffice();
    await page.goto("/senders/new?provider=smtp&preset=custom");
    await server(page).fill("localhost");
    await page.getByLabel("Port").fill(String(smtpPort()));
    await page.getByLabel("User name", { exact: true }).fill(ACCOUNT.user);
    await page.getByLabel("Password", { exact: true }).fill(ACCOUNT.password);
    await page.getByLabel("From address").fill(ACCOUNT.user);
    await page.getByLabel("Name of this sender").fill("Plain post");
    await page.getByRole("button", { name: "Add sender" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Plain post" })).toBeVisible();
    await page.getByRole("button", { name: "Test these settings" }).click();
    await verdict(page, FAILED);
    await expect(rung(page, "Secure the connection")).toContainText("Harbour authority, which is not trusted here");
    await more(page).click();
    await page.getByLabel("Certificate of your own authority").fill(office.ca);
    await page.getByRole("button", { name: "Save settings" }).click();
    await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/Enter it again/);
  });
});
