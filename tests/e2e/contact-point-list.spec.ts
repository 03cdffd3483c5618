import { expect } from "@playwright/test";
import { see } from "./support/accessible";
import { sql } from "./support/surroundings";
import { test } from "./support/test";

const ROWS = 60;

/** 60 contact points of the spec's own institution: every fifth is unverified, every third off, every second a phone. */
async function seed(): Promise<void> {
  await sql(
    `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address, verified_at, enabled, created_at)
     SELECT s.institution_id, gen_random_uuid(), s.id, kind, 'Point ' || lpad(n::text, 2, '0'),
            CASE kind WHEN 'sms' THEN jsonb_build_object('phone_number', address) ELSE jsonb_build_object('email', address) END,
            address, CASE WHEN n % 5 > 0 THEN now() END, n % 3 > 0, now() - make_interval(mins => n)
       FROM subscriber s JOIN institution i ON i.id = s.institution_id AND i.name = 'contact-point-list',
            generate_series(1, $1::int) n,
            LATERAL (SELECT CASE n % 2 WHEN 0 THEN 'sms' ELSE 'email' END AS kind) k,
            LATERAL (SELECT CASE kind WHEN 'sms' THEN '+8190' || (12345000 + n) ELSE 'point' || n || '@list.example' END AS address) a
      ON CONFLICT DO NOTHING`,
    [ROWS],
  );
}

test("search, filters, order and pages of the list live in the URL", async ({ page }) => {
  await seed();
  await page.goto("/contact-points");
  const rows = page.getByRole("rowheader");
  await expect(rows).toHaveCount(25);
  await see(page, "Contact points");
  await expect(page.getByRole("row", { name: /Not verified/ })).toHaveCount(12);
  await expect(rows.first()).toContainText("Point 05");

  await page.getByLabel("Order").selectOption("label");
  await expect(page).toHaveURL(/\?.*sort=label/);
  await expect(rows.first()).toContainText("Point 01");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(rows.first()).toContainText("Point 26");
  await page.getByRole("link", { name: "Next" }).click();
  await expect(rows).toHaveCount(10);
  await expect(page.getByRole("link", { name: "Next" })).toBeHidden();
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(rows.first()).toContainText("Point 26");
  await expect(page).toHaveURL(/sort=label.*before=|before=.*sort=label/);
  await page.reload();
  await expect(rows.first()).toContainText("Point 26");

  await page.getByLabel("Type").selectOption("sms");
  await page.getByLabel("State").selectOption("off");
  await expect(page).toHaveURL(/type=sms&state=off&sort=label$/);
  await expect(rows).toHaveCount(10);
  await expect(rows.first()).toContainText("Point 06");
  await page.goBack();
  await page.goForward();
  await expect(page.getByLabel("Type")).toHaveValue("sms");

  await page.goto("/contact-points");
  await page.getByRole("searchbox", { name: "Search name or address" }).fill("point7@");
  await expect(page).toHaveURL(/q=point7%40/);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Point 07");
  await page.getByRole("searchbox").fill("nowhere");
  await see(page, "Contact points");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(rows).toHaveCount(25);
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("what is chosen before the page's script has come is asked for when it has", async ({ page }) => {
  await seed();
  const held = Promise.withResolvers<void>();
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto("/contact-points", { waitUntil: "commit" });
  await page.getByLabel("Type").selectOption("sms");
  await page.getByRole("searchbox").fill("Point 0");
  held.resolve();
  await expect(page).toHaveURL(/q=Point\+0&type=sms/);
  await expect(page.getByRole("rowheader")).toHaveCount(4);
  await expect(page.getByLabel("Type")).toHaveValue("sms");
});

test("a switch moves at once, and back with the reason when it is refused", async ({ page, context, complaints }) => {
  await seed();
  await page.goto("/contact-points?q=Point+01");
  const control = page.getByRole("switch", { name: "Receive messages at Point 01" });
  await expect(control).toHaveAttribute("aria-checked", "true");
  await control.press("Space");
  await expect(control).toHaveAttribute("aria-checked", "false");
  await expect(page.getByRole("row", { name: /Point 01/ })).toContainText("Off");
  await sql("DELETE FROM contact_point WHERE label = 'Point 01'");
  complaints.expect(/404/);
  await control.press("Space");
  await expect(page.getByRole("region", { name: "Notices" })).toContainText("There is nothing here, or it is not yours to see.");
  await expect(page.getByText("Nothing matches")).toBeVisible();
  await context.close();
});
