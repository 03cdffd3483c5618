import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Locator, type Page } from "@playwright/test";
import { browserSubscription } from "@/tests/support/push";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessible";
import { type Application, addApplication } from "./support/application";
import { ORIGIN } from "./support/surroundings";
import { test } from "./support/test";

let server: Server;
let elsewhereUrl: string;

/** Somebody's application, on an origin of its own. */
test.beforeAll(async () => {
  server = createServer((_, answer) => void answer.setHeader("content-type", "text/html").end("<!doctype html><title>Application</title>"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  elsewhereUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => void server.close());

interface Read {
  status: number;
  pace: string | null;
  code: string | null;
}

/** What a script of the page gets to read of an answer. */
function asks(page: Page, path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Read> {
  return page.evaluate(
    async ({ url, request }) => {
      const answer = await fetch(url, request);
      const text = await answer.text();
      const { error } = text === "" ? {} : (JSON.parse(text) as { error?: { code: string } });
      return { status: answer.status, pace: answer.headers.get("ratelimit-limit"), code: error?.code ?? null };
    },
    { url: `${ORIGIN}${path}`, request: init },
  );
}

const credentials = ({ publicKey, userToken }: Application, user: string) => ({
  "content-type": "application/json",
  "x-notiflows-api-key": publicKey,
  "x-notiflows-user-key": userToken(user),
  // as a tool for tracing adds it to whatever a page asks for
  traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
});

test("a page of another origin registers its browser, and reads every answer and its pace", async ({ page, elsewhere, complaints }) => {
  complaints.expect(/the server responded with a status of 40[145]/);
  const application = await addApplication(page, "Other origin");
  const path = `/user/v1/channels/${application.channelId}/subscriptions`;
  const app = await elsewhere();
  await app.goto(elsewhereUrl);
  const headers = credentials(application, "user-8");
  const body = browserSubscription();
  const all = [
    await asks(app, path, { method: "POST", headers: { ...headers, "idempotency-key": "visit-1" }, body: JSON.stringify(body) }),
    await asks(app, path, { headers }),
    await asks(app, path, { method: "DELETE", headers, body: JSON.stringify({ identifier: body.identifier }) }),
    await asks(app, path, { headers: { ...headers, "x-notiflows-user-key": "forged" } }),
    await asks(app, "/user/v1/nothing", { headers }),
    await asks(app, path, { method: "PATCH", headers, body: "{}" }),
  ];
  expect(all.map(({ status, code }) => [status, code])).toEqual([
    [201, null],
    [200, null],
    [204, null],
    [401, "unauthenticated"],
    [404, "not_found"],
    [405, "method_not_allowed"],
  ]);
  for (const { pace } of all) expect(pace).toMatch(/^\d+$/);
});

test("a push sender's page keeps its shape whatever its users are called", async ({ page }) => {
  const application = await addApplication(page, "Long names");
  const longest = "x".repeat(255);
  for (const user of [longest, "user-9"]) {
    const added = await page.request.post(`${ORIGIN}/user/v1/channels/${application.channelId}/subscriptions`, {
      headers: credentials(application, user),
      data: browserSubscription(),
    });
    expect(added.status()).toBe(201);
  }
  for (const width of [1280, 1000, 390]) {
    // so high that nothing of the page lies below the bar at a phone's lower edge
    await page.setViewportSize({ width, height: 3000 });
    await page.goto(`/senders/${application.channelId}`);
    await expect(page.getByText(longest)).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await expectBeside(
      page.getByText(application.channelId, { exact: true }).first(),
      page.getByRole("button", { name: "Copy: Channel ID" }),
    );
    await expect(page.getByRole("button", { name: "Copy: Public key (VAPID)" })).toBeVisible();
    await page
      .getByRole("row", { name: /user-9/ })
      .getByRole("button", { name: "Delete" })
      .click();
    await expectWhole(page.getByText("Only the person's own device can register again."));
    await page.keyboard.press("Escape");
  }
});

/** The second one stands to the right of the first, not below it. */
async function expectBeside(first: Locator, second: Locator): Promise<void> {
  const [one, other] = [await first.boundingBox(), await second.boundingBox()];
  if (!one || !other) throw new Error("one of them is not there");
  expect([other.x >= one.x + one.width, other.y < one.y + one.height]).toEqual([true, true]);
}

/** Nothing of a text is cut off by what it stands in. */
async function expectWhole(text: Locator): Promise<void> {
  await expect(text.filter({ visible: true })).toHaveCount(1);
  const cut = await text.filter({ visible: true }).evaluate((element) => {
    const { right } = element.getBoundingClientRect();
    return element.scrollWidth > element.clientWidth || right > (element.closest("dialog")?.getBoundingClientRect().right ?? 0);
  });
  expect(cut).toBe(false);
}
