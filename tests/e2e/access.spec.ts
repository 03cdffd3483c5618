import { expect, type Page, type Response } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible";
import { lastMail, linkIn } from "./support/catcher";
import { connectWorkspace } from "./support/connections";
import { addEmail } from "./support/contact-points";
import { addDomain } from "./support/domains";
import { addKey, addSigningKey, addToken, openFromList } from "./support/keys";
import { invite } from "./support/members";
import { OWNER } from "./support/owner";
import { fill, pagesBelow } from "./support/pages";
import { addPushSender, addSmtpSender, registerNumber } from "./support/senders";
import { ORIGIN, sql } from "./support/surroundings";
import { test } from "./support/test";

const LOCALES = ["en", "zh", "zh-Hant", "ja", "vi"];
const WIDE = { width: 1280, height: 800 };
// Tall, so that the bar at the foot covers nothing that axe measures.
const NARROW = { width: 390, height: 3000 };

// The start page only redirects, and set-up is gone once it was used: done-when.spec.ts looks at it.
const consolePages = [
  ...pagesBelow("(console)"),
  "/senders/new?provider=smtp&preset=ses",
  "/senders/new?provider=http_text",
  "/integrations/new?provider=whatsapp-business",
  "/connections/new?integration=[integrationId]",
  "/endpoints/new?connection=[connectionId]&type=ms_teams_channel",
  "/senders/[pushSenderId]",
];
const within = (folder: string) => pagesBelow(folder).map((page) => `/${folder}${page}`.replace(/\/$/, ""));
const openPages = [...pagesBelow("(auth)"), ...within("verify"), ...within("reference")].filter((page) => page !== "/setup");

let made: Promise<Record<string, string>> | undefined;

/** One of everything that a page can be about. */
function samples(page: Page): Promise<Record<string, string>> {
  made ??= (async () => {
    const contactPoint = await addEmail(page, "sample@harbour.example", "Sample");
    const mail = await lastMail("sample@harbour.example");
    const invitation = await invite(page, "sample-member@harbour.example");
    const [ids] = await sql<{ subscriber: string; external: string; membership: string }>(
      `SELECT s.id AS subscriber, s.external_id AS external, m.id AS membership FROM institution i
         JOIN subscriber s ON s.institution_id = i.id JOIN membership m ON m.institution_id = i.id WHERE i.name = 'access' ORDER BY i.created_at DESC LIMIT 1`,
    );
    const tokenOf = (link: string) => link.split("/").at(-1) ?? "";
    return {
      contactPointId: tokenOf(contactPoint),
      subscriberId: ids?.subscriber ?? "",
      memberId: ids?.membership ?? "",
      caughtId: mail.id,
      domainId: await addDomain(page, "sample.harbour.example"),
      senderId: await addSmtpSender(page, "Sample post"),
      keyId: await sampleKey(page),
      signingKeyId: await sampleSigningKey(page),
      accessTokenId: await sampleToken(page),
      pushSenderId: await addPushSender(page, "Sample push"),
      ...(await connectWorkspace(page, ids?.external ?? "")),
      numberId: await registerNumber(page, "+81312345678"),
      name: "native",
      operation: "post_api_v1_contact_points",
      "/verify/[token] token": tokenOf(linkIn(mail)),
      "/invitation/[token] token": tokenOf(invitation),
      "/reset-password/[token] token": tokenOf(linkIn(await resetMail(page))),
    };
  })();
  return made;
}

async function sampleKey(page: Page): Promise<string> {
  await addKey(page, "Sample key", ["Contact points: Read"]);
  return openFromList(page, "/keys", "Sample key");
}

async function sampleSigningKey(page: Page): Promise<string> {
  await addSigningKey(page, "Sample application");
  await expect(page.getByRole("textbox", { name: "The private half" })).toBeVisible();
  return openFromList(page, "/keys/signing", "Sample application");
}

async function sampleToken(page: Page): Promise<string> {
  await addToken(page, "Sample token");
  return openFromList(page, "/keys/tokens", "Sample token");
}

async function resetMail(page: Page) {
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill(OWNER.email);
  await page.getByRole("button", { name: "Send link" }).click();
  return lastMail(OWNER.email);
}

/** What every answer says alike; the nonce is another each time. */
function security(answer: Response | null): Record<string, string> {
  const names = /^(content-security|cross-origin|permissions|referrer|x-content|x-frame|cache-control)/;
  const headers = Object.entries(answer?.headers() ?? {}).filter(([name]) => names.test(name));
  return Object.fromEntries(headers.map(([name, value]) => [name, value.replace(/'nonce-[^']+'/g, "'nonce'")]));
}

let alike: Record<string, string> | undefined;

async function check(page: Page, path: string): Promise<void> {
  await page.setViewportSize(WIDE);
  for (const locale of LOCALES) {
    await page.context().addCookies([{ name: "locale", value: locale, url: ORIGIN }]);
    const answer = await page.goto(path);
    expect(answer?.status(), `${path} in ${locale}`).toBe(200);
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    alike ??= security(answer);
    expect(alike["content-security-policy"]).toContain("'nonce' 'strict-dynamic'");
    expect(security(answer), `headers of ${path}`).toEqual(alike);
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  }
}

test.describe("every page, in five languages, wide and narrow, light and dark", () => {
  for (const path of consolePages) {
    test(`R58: ${path}`, async ({ page }) => check(page, fill(path, await samples(page))));
  }
  for (const path of openPages) {
    test(`R58: ${path}`, async ({ page, elsewhere }) => {
      const visitor = await elsewhere();
      await visitor.goto("/sign-in");
      await check(visitor, fill(path, await samples(page)));
    });
  }
});

test("an email address is added with the keyboard alone", async ({ page }) => {
  await page.goto("/contact-points/new?type=email");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#main")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Another type" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Email address")).toBeFocused();
  await page.keyboard.type("keys@harbour.example");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  const submit = page.getByRole("button", { name: "Add and send message" });
  await expect(submit).toBeFocused();
  expect(await submit.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "keys@harbour.example" })).toBeVisible();
});

test("Escape closes what was opened and gives the focus back", async ({ page }) => {
  await samples(page);
  await page.goto("/contact-points");
  await page.getByRole("link", { name: /^Sample/ }).press("Enter");
  const remove = page.getByRole("button", { name: "Delete" });
  await remove.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete Sample?" });
  await expect(dialog.getByRole("button", { name: "Keep" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(remove).toBeFocused();

  const account = page.getByRole("banner").getByRole("button", { name: /^Your account/ });
  await account.press("Enter");
  await expect(page.getByRole("group", { name: "Your account" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Account settings" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("group", { name: "Your account" })).toBeHidden();
  await expect(account).toBeFocused();

  await page.setViewportSize(NARROW);
  const more = page.getByRole("button", { name: "More" });
  await more.press("Enter");
  await expect(page.getByRole("dialog", { name: "More" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(more).toBeFocused();
});
