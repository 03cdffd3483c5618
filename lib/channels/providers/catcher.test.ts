import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DiagnosisEvent } from "@/lib/channels/diagnosis";
import { catcherMail } from "@/lib/channels/providers/catcher-mail";
import { catcherText } from "@/lib/channels/providers/catcher-text";
import type { CheckOptions, Reach } from "@/lib/channels/providers/define";
import { type Catcher, startCatcher } from "@/scripts/catcher/start-catcher";

const CLOSED: Reach = { allowCidrs: [], allowPorts: [], allowPlaintext: false };
const MAIL = {
  from: { name: "Lakeside", address: "news@lakeside.example" },
  to: "ann@example.com",
  subject: "hello",
  html: "<p>hello</p>",
  text: "hello",
  messageId: "m-1@reachable.example",
  language: "en",
};
const TEXT = { from: "+14155550100", to: "+819012345678", text: "hello", reference: "r-1" };

let folder: string;
let catcher: Catcher;
let beside: Reach;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "catcher-"));
  catcher = await startCatcher({ folder, token: randomBytes(16).toString("hex") });
  beside = { ...CLOSED, catcher: { smtpUrl: catcher.smtpUrl, smsUrl: catcher.textsUrl } };
});
afterAll(async () => {
  await catcher.close();
  await rm(folder, { recursive: true });
});

async function verdictOf(events: AsyncIterable<DiagnosisEvent>) {
  let verdict: string | undefined;
  for await (const event of events) if (event.type === "result") verdict = event.result.verdict;
  return verdict;
}

test("they are offered beside a catcher only", () => {
  for (const type of [catcherMail, catcherText]) {
    expect(type.available(CLOSED)).toBe(false);
    expect(type.available(beside)).toBe(true);
  }
});

test("mail is kept, from the sender's address", async () => {
  const outlet = catcherMail.open({}, beside);
  expect(await outlet.sendMail?.(MAIL)).toMatchObject({ outcome: "sent" });
  outlet.close();
  const [kept] = (await catcher.store.list("mail", 1, undefined)).messages;
  expect(kept).toMatchObject({ from: "news@lakeside.example", to: ["ann@example.com"] });
});

test("texts are kept", async () => {
  const outlet = catcherText.open({}, beside);
  expect(await outlet.sendText?.(TEXT)).toMatchObject({ outcome: "sent" });
  outlet.close();
  const [kept] = (await catcher.store.list("text", 1, undefined)).messages;
  expect(kept).toMatchObject({ from: TEXT.from, to: TEXT.to, text: "hello", reference: "r-1" });
});

test("their test knocks, and sends one message only if asked", async () => {
  const before = (await catcher.store.list(undefined, 100, undefined)).messages.length;
  const mail: CheckOptions = { reach: beside, from: MAIL.from.address, to: MAIL.to };
  const text: CheckOptions = { reach: beside, from: TEXT.from, to: TEXT.to };
  expect(await verdictOf(catcherMail.check({}, mail))).toBe("ok");
  expect(await verdictOf(catcherText.check({}, text))).toBe("ok");
  expect((await catcher.store.list(undefined, 100, undefined)).messages).toHaveLength(before);
  expect(await verdictOf(catcherMail.check({}, { ...mail, send: true }))).toBe("ok");
  expect(await verdictOf(catcherText.check({}, { ...text, send: true }))).toBe("ok");
  expect((await catcher.store.list(undefined, 100, undefined)).messages).toHaveLength(before + 2);
});

test("without a catcher nothing goes anywhere", async () => {
  expect(await catcherMail.open({}, CLOSED).sendMail?.(MAIL)).toEqual({ outcome: "refused", reason: "refused_by_policy" });
  expect(await catcherText.open({}, CLOSED).sendText?.(TEXT)).toEqual({ outcome: "refused", reason: "refused_by_policy" });
  expect(await verdictOf(catcherMail.check({}, { reach: CLOSED }))).toBe("failed");
});
