import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { afterEach, expect, test } from "vitest";
import { type Catcher, startCatcher } from "@/scripts/catcher/start-catcher";

const token = "a token for the catcher of the tests";
let catcher: Catcher;

afterEach(() => catcher.close());

async function start(folder?: string): Promise<string> {
  const used = folder ?? (await mkdtemp(join(tmpdir(), "reachable-catcher-")));
  catcher = await startCatcher({ folder: used, token });
  return used;
}

async function read(path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
  const response = await fetch(`${catcher.url}${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

function mail(subject: string) {
  const transport = createTransport({ url: catcher.smtpUrl, connectionTimeout: 5000 });
  return transport.sendMail({ from: '"Ada" <ada@a.example>', to: "bo@b.example", subject, text: "plain", html: "<p>rich</p>" });
}

function text(body: object) {
  return fetch(catcher.textsUrl, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

test("mail is kept as it was sent, listed newest first, and still there after a restart", async () => {
  const folder = await start();
  for (const subject of ["first", "second", "漢字"]) await mail(subject);
  await catcher.close();
  await start(folder);
  const { body: page } = await read("/messages?kind=mail&limit=2");
  expect(page.messages.map(({ subject }: { subject: string }) => subject)).toEqual(["漢字", "second"]);
  const { body: rest } = await read(`/messages?kind=mail&limit=2&before=${page.next}`);
  expect(rest).toMatchObject({ messages: [{ subject: "first", from: "ada@a.example", to: ["bo@b.example"] }], next: null });
  const { body } = await read(`/messages/${rest.messages[0].id}`);
  expect(body).toMatchObject({
    sender: { name: "Ada" },
    html: expect.stringContaining("<p>rich</p>"),
    text: expect.stringContaining("plain"),
  });
});

test("a text with a known reference is not taken twice", async () => {
  await start();
  const first = await (await text({ to: "+4915112345678", text: "hello", reference: "m1" })).json();
  const again = await (await text({ to: "+4915112345678", text: "hello", reference: "m1" })).json();
  expect(again).toEqual(first);
  const { body } = await read("/messages?kind=text");
  expect(body.messages).toMatchObject([{ to: "+4915112345678", text: "hello", reference: "m1" }]);
});

test("nobody reads without the token, and no web page gets in under another name", async () => {
  await start();
  expect((await read("/messages", {})).status).toBe(401);
  expect((await read("/messages", { authorization: "Bearer wrong" })).status).toBe(401);
  expect((await fetch(catcher.textsUrl, { method: "POST", body: '{"to":"+1","text":"x"}' })).status).toBe(415);
});

test("ordered faults happen as often as ordered, and then no more", async () => {
  await start();
  catcher.fail({ smtp: "tempfail", count: 2 });
  await expect(mail("a")).rejects.toMatchObject({ responseCode: 451 });
  await expect(mail("a")).rejects.toMatchObject({ responseCode: 451 });
  await mail("a");
  catcher.fail({ smtp: "drop-after-data" });
  await expect(mail("b")).rejects.toThrow();
  catcher.fail({ smtp: "drop-at-connect" });
  await expect(mail("c")).rejects.toThrow();
  catcher.fail({ texts: "tempfail" });
  expect((await text({ to: "+1", text: "x" })).status).toBe(503);
  expect((await text({ to: "+1", text: "x" })).status).toBe(200);
  const { body } = await read("/messages?kind=mail");
  expect(body.messages.map(({ subject }: { subject: string }) => subject)).toEqual(["b", "a"]);
});
