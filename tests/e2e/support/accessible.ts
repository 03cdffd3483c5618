import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** WCAG 2.2 AA as far as axe can tell: no violation. */
export async function expectAccessible(page: Page): Promise<void> {
  // A caught mail stands in a frame without scripts, where axe cannot run.
  const axe = new AxeBuilder({ page }).exclude("iframe").setLegacyMode();
  const { violations } = await axe.options({ runOnly: { type: "tag", values: TAGS }, resultTypes: ["violations"] }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(found, `axe on ${page.url()}`).toEqual([]);
}

/** Waits for a page by its heading, and checks it. */
export async function see(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await expectAccessible(page);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond, `pixels beyond the edge of ${page.url()}`).toBe(0);
}
