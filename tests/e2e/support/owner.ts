import { type Browser, expect, type Page } from "@playwright/test";
import { ORIGIN, setupLink } from "./surroundings";

export const OWNER = { name: "Ana Ito", email: "ana@harbour.example", password: "eleven quiet herons in fog" };

/** The printed address, to the first institution and its owner. */
export async function setUp(page: Page): Promise<void> {
  await page.goto(setupLink());
  await page.getByLabel("Name of the institution").fill("Harbour Clinic");
  await page.getByLabel("Country or region").selectOption("JP");
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("Email address").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Create institution" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Contact points" })).toBeVisible();
}

export async function signIn(page: Page, { email, password } = OWNER): Promise<void> {
  await page.goto(`${ORIGIN}/sign-in`);
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function makeInstitution(page: Page, name: string): Promise<void> {
  await page.goto(`${ORIGIN}/settings/new-institution`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create institution" }).click();
  await expect(page.getByRole("button", { name: `Institution: ${name}` })).toBeVisible();
}

type State = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;
const states = new Map<string, State>();

/** The owner's browser, signed in to an institution that belongs to one spec alone. */
export async function signedIn(browser: Browser, institution: string): Promise<State> {
  const before = states.get(institution);
  if (before) return before;
  const context = await browser.newContext();
  const page = await context.newPage();
  const first = await page.request.get(setupLink());
  if (first.ok()) await setUp(page);
  else await signIn(page);
  await expect(page.getByRole("heading", { level: 1, name: "Contact points" })).toBeVisible();
  await makeInstitution(page, institution);
  const state = await context.storageState();
  states.set(institution, state);
  await context.close();
  return state;
}
