import { expect } from "@playwright/test";
import { expectAccessible, see } from "./support/accessible";
import { codeIn, lastMail, lastText, linkIn } from "./support/catcher";
import { addEmail, codeField, standing } from "./support/contact-points";
import { setUp } from "./support/owner";
import { restart, setupLink } from "./support/surroundings";
import { SIGNED_OUT, test } from "./support/test";

const EMAIL = "front-desk@harbour.example";
const SCANNERS = [
  "Mozilla/5.0 (compatible; SafeLinks/1.0)",
  "Barracuda Sentinel (EE)",
  "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "python-requests/2.32",
];

test.use(SIGNED_OUT);
test.describe.configure({ mode: "serial" });

let session: Awaited<ReturnType<import("@playwright/test").BrowserContext["storageState"]>>;

test("from the printed address to two verified contact points, through a restart", async ({ page, context, elsewhere }) => {
  test.slow();
  await test.step("the institution and its owner", async () => {
    await page.goto(setupLink());
    await see(page, "Set up Reachable");
    await setUp(page);
    await expect(page.getByText("No contact points yet")).toBeVisible();
    await expectAccessible(page);
    session = await context.storageState();
  });

  await test.step("an email address and a phone number", async () => {
    await page.getByRole("link", { name: "Add contact point" }).first().click();
    await see(page, "Add contact point");
    await page.getByRole("link", { name: "Text message" }).click();
    await see(page, "Add a phone number");
    await page.getByLabel("Phone number").pressSequentially("09012345678");
    await expect(page.getByText("Will be saved as +819012345678")).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Mobile");
    await page.getByRole("button", { name: "Add and send text" }).click();
    await see(page, "Mobile");
    await addEmail(page, EMAIL, "Front desk");
    await expect(page.getByRole("status").filter({ hasText: "Sent" })).toBeVisible();
    await expectAccessible(page);
  });

  const [mail, text] = [await lastMail(EMAIL), await lastText("+819012345678")];
  await test.step("both messages on the page of caught ones", async () => {
    const catcher = await elsewhere({ storageState: session });
    await catcher.goto("/contact-points");
    await catcher.getByRole("link", { name: "Caught messages" }).click();
    await see(catcher, "Caught messages");
    await catcher.getByRole("link", { name: "Verify your email address for Harbour Clinic" }).click();
    await see(catcher, mail.subject);
    const link = catcher.frameLocator("iframe").getByRole("link", { name: "Verify this address" });
    await expect(link).toHaveAttribute("href", linkIn(mail));
    await catcher.getByRole("link", { name: "Caught messages" }).first().click();
    await catcher.getByRole("link", { name: "Text messages" }).click();
    await expect(catcher.getByText(text.text)).toBeVisible();
    await expectAccessible(catcher);
    await catcher.close();
  });

  await test.step("the email by its link, in a browser where nobody is signed in", async () => {
    const reader = await elsewhere();
    await reader.goto(linkIn(mail));
    await see(reader, "Is this yours?");
    await expect(reader.getByText("Harbour Clinic wants to send messages here.")).toBeVisible();
    await expect(reader.getByText("f***@harbour.example")).toBeVisible();
    await page.reload();
    await standing(page, "Not verified");
    await reader.getByRole("button", { name: "Confirm" }).click();
    await see(reader, "Verified");
    await standing(page, "Verified and on");
  });

  await test.step("the phone by its code, pasted with spaces", async () => {
    await page.goto("/contact-points");
    await page.getByRole("link", { name: /Mobile/ }).click();
    await codeField(page).focus();
    await page.keyboard.insertText(` ${codeIn(text).replace(/(...)/, "$1 ")} `);
    await expect(codeField(page)).toHaveValue(codeIn(text));
    await page.getByRole("button", { name: "Verify", exact: true }).click();
    await standing(page, "Verified and on");
  });

  await test.step("one switched off, and everything still there after a restart", async () => {
    await page.goto("/contact-points");
    await page.getByRole("switch", { name: "Receive messages at Mobile" }).click();
    await expect(page.getByRole("row", { name: /Mobile/ })).toContainText("Off");
    await page.close();
    await restart();
    const later = await elsewhere({ storageState: session });
    await later.goto("/contact-points");
    await see(later, "Contact points");
    for (const [label, words, on] of [
      ["Front desk", "Verified and on", "true"],
      ["Mobile", "Off", "false"],
    ] as const) {
      await expect(later.getByRole("row", { name: label })).toContainText(words);
      await expect(later.getByRole("switch", { name: `Receive messages at ${label}` })).toHaveAttribute("aria-checked", on);
    }
    await later.getByRole("link", { name: /Front desk/ }).click();
    await see(later, "Front desk");
    await expect(later.getByRole("row", { name: /^Verified .*by link/ })).toBeVisible();
  });
});

test("R12: however many programs look at the link first, it waits for a person", async ({ elsewhere, request }) => {
  const page = await elsewhere({ storageState: session });
  await addEmail(page, "scanned@harbour.example");
  const link = linkIn(await lastMail("scanned@harbour.example"));
  for (const agent of SCANNERS) {
    for (const method of ["HEAD", "GET", "HEAD", "GET", "HEAD", "GET", "HEAD", "GET"]) {
      const answer = await request.fetch(link, { method, headers: { "user-agent": agent } });
      expect(answer.status(), `${method} by ${agent}`).toBe(200);
    }
  }
  const sandbox = await elsewhere();
  await sandbox.goto(link);
  await sandbox.waitForURL("/verify/link");
  await expect(sandbox.getByRole("button", { name: "Confirm" })).toBeEnabled();
  await page.reload();
  await standing(page, "Not verified");

  const person = await elsewhere();
  await person.goto(link);
  await person.getByRole("button", { name: "Confirm" }).click();
  await see(person, "Verified");
  await standing(page, "Verified and on");
  await person.goto(link);
  await see(person, "This link does not work any more");
  expect((await person.context().cookies()).filter(({ name }) => name.includes("session"))).toEqual([]);
});

test("R15: whoever did not ask for it removes the address", async ({ elsewhere }) => {
  const page = await elsewhere({ storageState: session });
  await addEmail(page, "stranger@harbour.example");
  // its own page would go on asking for what is about to be gone
  await page.goto("/contact-points");
  await expect(page.getByText("stranger@harbour.example").first()).toBeVisible();
  const stranger = await elsewhere();
  await stranger.goto(linkIn(await lastMail("stranger@harbour.example")));
  await stranger.getByRole("button", { name: "This was not me" }).click();
  await see(stranger, "The address was removed");
  await page.reload();
  await expect(page.getByRole("link", { name: /Front desk/ })).toBeVisible();
  await expect(page.getByText("stranger@harbour.example")).toBeHidden();
});
