import { expect } from "@playwright/test";
import { startDns, type TestDns } from "@/tests/support/dns-server";
import { expectAccessible } from "./support/accessible";
import { addDomain, recordsOn } from "./support/domains";
import { dnsPort } from "./support/surroundings";
import { test } from "./support/test";

let dns: TestDns;

test.beforeAll(async () => {
  dns = await startDns(dnsPort());
});
test.afterAll(() => dns.stop());

test("a domain is added, published, found, and deleted", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/domains/new");
  const field = page.getByRole("textbox", { name: "Domain" });
  await field.fill("https://bay.example/");
  await page.getByRole("main").getByRole("button", { name: "Add a domain" }).click();
  await expect(field).toHaveAccessibleDescription(/This is a web address/);
  dns.zones.set("bay.example", { txt: ["v=spf1 ip4:192.0.2.7 +all"], mx: ["mail.bay.example"] });
  await addDomain(page, "bay.example");
  await expect(page.getByText("This domain is not verified yet")).toBeVisible();
  await expect(page.getByText("“+all” lets everybody send in your name.", { exact: false })).toBeVisible();
  await expectAccessible(page);

  const records = await recordsOn(page);
  expect(records[1]).toEqual({ name: "bay.example", value: "v=spf1 ip4:192.0.2.7 ~all" });
  await page.getByRole("button", { name: "Copy the value: Ownership" }).click();
  await expect(page.getByText("Copied.")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(records[0]?.value);

  for (const { name, value } of records) dns.zones.set(name, { ...dns.zones.get(name), txt: [value] });
  await page.getByRole("button", { name: "Check again" }).click();
  await expect(page.getByText("Checked just now.")).toBeVisible();
  await expect(page.getByText("As it should be")).toHaveCount(4);
  await expect(page.getByText("This domain is not verified yet")).toBeHidden();
  await page.goto("/domains");
  await expect(page.getByRole("row", { name: "bay.example" })).toContainText("Verified");
  await page.getByRole("link", { name: "bay.example" }).click();
  await page.getByText("Delete this domain").click();
  await page.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByRole("heading", { name: "No email domain yet" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a domain is added and looked at again", async ({ page }) => {
    await addDomain(page, "inlet.example");
    await expect(page.getByRole("button", { name: "Copy the value: Ownership" })).toBeHidden();
    for (const { name, value } of await recordsOn(page)) dns.zones.set(name, { ...dns.zones.get(name), txt: [value] });
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByText("This domain is not verified yet")).toBeHidden();
    await expect(page.getByText("As it should be")).toHaveCount(4);
  });
});
