import { expect, type Page } from "@playwright/test";

/** Adds an email domain through its form; gives its id. */
export async function addDomain(page: Page, domain: string): Promise<string> {
  await page.goto("/domains/new");
  await page.getByRole("textbox", { name: "Domain" }).fill(domain);
  await page.getByRole("main").getByRole("button", { name: "Add a domain" }).click();
  await expect(page.getByRole("heading", { level: 1, name: domain })).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Name and value of each TXT record that the page of a domain asks for. */
export async function recordsOn(page: Page): Promise<Array<{ name: string; value: string }>> {
  const records: Array<{ name: string; value: string }> = [];
  for (const title of ["Ownership", "SPF", "DKIM", "DMARC"]) {
    const [, name = "", value = ""] = await page.getByRole("listitem", { name: title, exact: true }).locator("code").allInnerTexts();
    records.push({ name, value });
  }
  return records;
}
