import { expect, type Locator, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible";
import { addKey } from "./support/keys";
import { ORIGIN } from "./support/surroundings";
import { SIGNED_OUT, test } from "./support/test";

const LIST = "/reference/native/get_api_v1_subscribers";
const ADD = "/reference/native/post_api_v1_subscribers";
const ONE = "/reference/native/get_api_v1_subscribers_subscriberId";

const keyField = (page: Page) => page.getByLabel("X-API-Key");
const send = (page: Page) => page.getByRole("button", { name: "Send request" });
const answered = (page: Page, status: number) => expect(page.getByRole("status").filter({ hasText: `Answer ${status}` })).toBeVisible();

/** Goes on with Tab until something has the focus, as whoever has no mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let left = 40; left > 0; left -= 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the keyboard does not lead to ${wanted}`);
}

test("a write and a read are tried with a key of one's own, which goes into the request alone", async ({ page }) => {
  const key = await addKey(page, "Reference", ["Subscribers: Read and write"]);
  await page.goto("/reference");
  await page.getByRole("link", { name: "Reachable API" }).click();
  await page.getByRole("listitem").filter({ hasText: "Add a subscriber" }).getByRole("link").click();
  await expect(page).toHaveURL(ADD);
  await keyField(page).fill(key);
  await page.getByLabel("Body").fill('{"externalId": "tried-1", "name": "Tried here"}');
  const [asked] = await Promise.all([page.waitForRequest("**/api/v1/subscribers"), send(page).click()]);
  const headers = await asked.allHeaders();
  expect([headers["x-api-key"], headers["cookie"], headers["content-type"]]).toEqual([key, undefined, "application/json"]);
  await answered(page, 201);
  await expect(page.getByRole("main").getByText('"externalId": "tried-1"')).toBeVisible();
  await expectAccessible(page);

  // typed once more on the next page: it is kept nowhere
  await page.goto(LIST);
  await expect(keyField(page)).toHaveValue("");
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
  expect(kept).not.toContain(key);
  await keyField(page).fill(key);
  await page.getByLabel("q", { exact: true }).fill("tried");
  await page.getByLabel("limit").fill("1");
  const [read] = await Promise.all([page.waitForRequest("**/api/v1/subscribers?*"), send(page).click()]);
  expect(new URL(read.url()).search).toBe("?limit=1&q=tried");
  await answered(page, 200);
  await expect(page.getByRole("main").getByText('"name": "Tried here"')).toBeVisible();

  await page.goto("/subscribers?q=tried");
  await expect(page.getByRole("row", { name: "tried-1" })).toContainText("Tried here");
});

test("a key of one of the vendors' clients is tried in their own header", async ({ page }) => {
  const key = await addKey(page, "Novu reference", ["Connections: Read and write"], "The institution");
  await page.goto("/reference/novu/get_v1_channel_connections");
  await page.getByLabel("Authorization").fill(key);
  const [asked] = await Promise.all([page.waitForRequest("**/v1/channel-connections*"), send(page).click()]);
  expect((await asked.allHeaders())["authorization"]).toBe(`ApiKey ${key}`);
  await answered(page, 200);
});

test("a wrong key, a key without the scope and a value that does not fit are told as they are", async ({ page, complaints }) => {
  complaints.expect(/status of (?:401|403|422)/);
  const key = await addKey(page, "Readers", ["Subscribers: Read"]);
  await page.goto(ADD);
  const tryWith = async (typed: string, body: string, status: number) => {
    await keyField(page).fill(typed);
    await page.getByLabel("Body").fill(body);
    await send(page).click();
    await answered(page, status);
  };
  await tryWith(`sk_${"0".repeat(49)}`, "{}", 401);
  await expect(page.getByRole("main").getByText('"reason": "keyUnknown"')).toBeVisible();
  await tryWith(key, '{"externalId": "tried-2"}', 403);
  await expect(page.getByRole("main").getByText("subscribers:write")).toBeVisible();
  await page.goto(LIST);
  await keyField(page).fill(key);
  await page.getByLabel("limit").fill("1000");
  await send(page).click();
  await answered(page, 422);
  await expect(page.getByRole("main").getByText('"pointer": "/limit"')).toBeVisible();
  // the session of whoever reads the page does not stand in for a key
  await page.goto("/subscribers?q=tried-2");
  await expect(page.getByText("tried-2")).toHaveCount(0);
});

test("a key that is typed before the page's script has come does not get into the page's address", async ({ page, complaints }) => {
  complaints.expect(/ERR_FAILED/);
  await page.route("**/_next/static/**/*.js", (route) => route.abort());
  const asked: string[] = [];
  page.on("request", (request) => void (request.isNavigationRequest() && asked.push(request.url())));
  await page.goto(LIST);
  await keyField(page).fill("sk_typed");
  await expect(send(page)).toBeDisabled();
  await keyField(page).press("Enter");
  await page.reload();
  expect(asked).toEqual([`${ORIGIN}${LIST}`, `${ORIGIN}${LIST}`]);
});

test("a request is tried with the keyboard alone", async ({ page, complaints }) => {
  complaints.expect(/status of 404/);
  const key = await addKey(page, "Keyboard", ["Subscribers: Read"]);
  await page.goto(ONE);
  await tabTo(page, keyField(page));
  await page.keyboard.type(key);
  await tabTo(page, send(page));
  expect(await send(page).evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
  await page.keyboard.press("Enter");
  // what the path needs is asked for before anything is sent
  const id = page.getByLabel("subscriberId");
  await expect(id).toBeFocused();
  await page.keyboard.type("../keys");
  const [asked] = await Promise.all([page.waitForRequest("**/api/v1/**"), page.keyboard.press("Enter")]);
  expect(new URL(asked.url()).pathname).toBe("/api/v1/subscribers/..%2Fkeys");
  await answered(page, 404);
  await expect(id).toBeFocused();
});

test("on a phone, in the dark and in Japanese, signed out", async ({ page, elsewhere }) => {
  const key = await addKey(page, "Phone", ["Subscribers: Read"]);
  const phone = await elsewhere({ ...SIGNED_OUT, viewport: { width: 390, height: 844 }, colorScheme: "dark", locale: "ja-JP" });
  await phone.goto(LIST);
  await expect(phone.locator("html")).toHaveAttribute("lang", "ja");
  await keyField(phone).fill(key);
  await phone.getByRole("button", { name: "リクエストを送信" }).click();
  await expect(phone.getByRole("status").filter({ hasText: "応答 200" })).toBeVisible();
  await expect(phone.getByRole("main").getByText('"items": [')).toBeVisible();
  await expectAccessible(phone);
  await expectNoSidewaysScroll(phone);
});

test("R55: a path that an API does not know is refused in that API's shape", async ({ elsewhere }) => {
  const { request } = await elsewhere();
  for (const path of ["/api/v1", "/api/v1/nothing", "/api/v1/senders/one/two/three"]) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const answer = await request.fetch(`${ORIGIN}${path}`, { method, headers: { "accept-language": "ja" } });
      expect([answer.status(), answer.headers()["content-type"]], `${method} ${path}`).toEqual([404, "application/problem+json"]);
      expect(answer.headers()["ratelimit-remaining"]).toMatch(/^\d+$/);
      expect(await answer.json()).toMatchObject({ code: "not_found", request_id: answer.headers()["x-request-id"] });
    }
  }
  for (const path of ["/v1/nothing", "/notifications/api/v1/nothing", "/api/channels/one/two", "/web/v1/nothing", "/user/v1/nothing"]) {
    const answer = await request.get(`${ORIGIN}${path}`);
    expect([answer.status(), answer.headers()["content-type"]], path).toEqual([404, "application/json"]);
  }
});
