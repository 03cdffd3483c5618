import { type APIRequestContext, type APIResponse, expect, type Page } from "@playwright/test";
import { expectAccessible, see } from "./support/accessible";
import { codeIn, lastMail } from "./support/catcher";
import { enterCode, standing } from "./support/contact-points";
import { addKey, addToken, openFromList } from "./support/keys";
import { addSmtpSender } from "./support/senders";
import { ORIGIN } from "./support/surroundings";
import { test } from "./support/test";

const CLOSIENT = "/notifications/api/v1/notifications/channels";
const VOTEL = "/api/channels";
const SLAUNCHX = "/web/v1/notification-channels/query";
const ADDRESS = "program@harbour.example";

const get = (request: APIRequestContext, path: string, key: string) => request.get(`${ORIGIN}${path}`, { headers: { "x-api-key": key } });
const post = (request: APIRequestContext, path: string, headers: Record<string, string>, data: unknown) =>
  request.post(`${ORIGIN}${path}`, { headers, data });
const listed = async (answer: APIResponse) => JSON.stringify(await answer.json());

async function revoke(page: Page, name: string): Promise<void> {
  await openFromList(page, "/keys", name);
  await page.getByText("Revoke …").click();
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByText("Revoked").first()).toBeVisible();
}

test("what a program makes stands in the console at once, and its key's log says so until it is revoked", async ({ page, elsewhere }) => {
  const key = await addKey(page, "Booking desk", ["Contact points: Read and write"]);
  await page.reload();
  expect(await page.content()).not.toContain(key);
  const program = (await elsewhere()).request;

  await test.step("a contact point through Closient's path, proven in the console", async () => {
    const config = { email: ADDRESS };
    const made = await post(program, CLOSIENT, { "x-api-key": key }, { channel_type: "email", label: "Front desk", config });
    expect(made.status()).toBe(201);
    const { id } = (await made.json()) as { id: string };
    await page.goto("/contact-points");
    await page.getByRole("link", { name: /Front desk/ }).click();
    await expect(page).toHaveURL(`/contact-points/${id}`);
    await standing(page, "Not verified");
    expect((await post(program, `${CLOSIENT}/${id}/verify`, { "x-api-key": key }, {})).status()).toBe(202);
    await page.reload();
    await enterCode(page, codeIn(await lastMail(ADDRESS)));
    await standing(page, "Verified and on");
    expect(await (await get(program, `${CLOSIENT}/${id}`, key)).json()).toMatchObject({ id, verified: true, enabled: true });
  });

  await test.step("the log has both, without ids and addresses", async () => {
    await openFromList(page, "/keys", "Booking desk");
    await expect(page.getByRole("row", { name: `POST ${CLOSIENT} Closient` })).toContainText("201");
    await expect(page.getByRole("row", { name: /^POST .*\/verify Closient/ })).toContainText("202");
    await expect(page.getByRole("main")).not.toContainText(ADDRESS);
    await expectAccessible(page);
  });

  await test.step("revoked, it opens nothing from the next request on", async () => {
    await revoke(page, "Booking desk");
    expect((await get(program, CLOSIENT, key)).status()).toBe(401);
    expect((await post(program, CLOSIENT, { "x-api-key": key }, {})).status()).toBe(401);
    await page.goto("/contact-points");
    await expect(page.getByRole("link", { name: /Front desk/ })).toBeVisible();
  });
});

test("a sender made in the console is listed by the institution's programs, and no secret of it", async ({ page, elsewhere }) => {
  await addSmtpSender(page, "Harbour post");
  const key = await addKey(page, "Back office", ["Senders: Read"], "The institution");
  const token = await addToken(page, "By hand");
  const program = (await elsewhere()).request;

  const votel = await get(program, VOTEL, key);
  expect(votel.status()).toBe(200);
  const slaunchx = await post(program, SLAUNCHX, { authorization: `Bearer ${token}` }, {});
  expect(slaunchx.status()).toBe(200);
  for (const text of [await listed(votel), await listed(slaunchx)]) {
    expect(text).toContain("Harbour post");
    expect(text).not.toContain("s3cret");
  }
  const [{ integration_id, tenant_id }] = (await votel.json()) as [Record<"integration_id" | "tenant_id", string>];
  const more = { name: "More", channel_type: "email", integration_id, send_from_email: "more@harbour.example", email_domain_id: tenant_id };
  expect((await post(program, VOTEL, { "x-api-key": key }, more)).status()).toBe(403);

  await openFromList(page, "/keys", "Back office");
  await expect(page.getByRole("row", { name: `GET ${VOTEL} Votel` })).toContainText("200");
  await expect(page.getByRole("row", { name: `POST ${VOTEL} Votel` })).toContainText("403");
  await revoke(page, "Back office");
  expect((await get(program, VOTEL, key)).status()).toBe(401);

  await page.goto("/keys/tokens");
  await see(page, "Access tokens");
  const row = page.getByRole("row", { name: "By hand" });
  await row.getByText("Revoke …").click();
  await row.getByRole("button", { name: "Revoke for good" }).click();
  await expect(row).toContainText("Revoked");
  expect((await post(program, SLAUNCHX, { authorization: `Bearer ${token}` }, {})).status()).toBe(401);
});
