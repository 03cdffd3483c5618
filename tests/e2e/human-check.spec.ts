import { expect } from "@playwright/test";
import { see } from "./support/accessible";
import { OWNER, signIn } from "./support/owner";
import { restart } from "./support/surroundings";
import { test } from "./support/test";
import { fakeWidget, startSiteverify } from "./support/turnstile";

let turnstile: Awaited<ReturnType<typeof startSiteverify>>;

test.beforeAll(async () => {
  turnstile = await startSiteverify();
  await restart(turnstile.settings);
});
test.afterAll(async () => {
  await restart();
  turnstile.stop();
});
test.beforeEach(() => void turnstile.asked.splice(0));

test("R56: signing in carries a token, and a second try a new one", async ({ elsewhere }) => {
  const page = await elsewhere();
  await fakeWidget(page);
  await signIn(page, { ...OWNER, password: "surely not the password" });
  await expect(page.getByRole("main").getByRole("alert")).toContainText("do not belong together");
  await see(page, "Sign in");
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await see(page, "Contact points");
  expect(turnstile.asked).toEqual(["sign_in", "sign_in"]);
});

test("R56: where the challenge cannot be loaded, the form says so and nobody gets in", async ({ elsewhere, complaints }) => {
  const page = await elsewhere();
  complaints.expect(/ERR_FAILED/);
  await page.route("https://challenges.cloudflare.com/**", (route) => route.abort());
  await page.goto("/sign-in");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("challenges.cloudflare.com");
  await page.getByLabel("Email address").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("the check did not succeed")).toBeVisible();
  expect(turnstile.asked).toEqual([]);
});

test("R56: adding and sending again carry a token each", async ({ page }) => {
  await fakeWidget(page);
  await page.goto("/contact-points/new?type=email");
  await page.getByLabel("Email address").fill("human@harbour.example");
  await page.getByRole("button", { name: "Add and send message" }).click();
  await see(page, "human@harbour.example");
  await page.getByRole("button", { name: "Send a new code" }).click({ timeout: 15_000 });
  await expect(page.getByText("on its way").first()).toBeVisible();
  expect(turnstile.asked).toEqual(["add", "resend"]);
});
