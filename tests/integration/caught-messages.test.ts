import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer from "nodemailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as htmlRoute } from "@/app/(console)/catcher/mail/[caughtId]/html/route";
import { AppError } from "@/lib/core/errors";
import { getCaughtMail } from "@/lib/services/catcher/get";
import { listCaught } from "@/lib/services/catcher/list";
import { type Catcher, startCatcher } from "@/scripts/catcher/start-catcher";
import { browserRequest, routeArgs } from "../support/calls";
import { makeInstitution, makeMember, stranger } from "../support/institution";

const folder = mkdtempSync(join(tmpdir(), "reachable-caught-"));
let catcher: Catcher;

beforeAll(async () => {
  catcher = await startCatcher({ folder, token: "a token of more than twenty characters" });
  process.env.REACHABLE_CATCHER = JSON.stringify({ url: catcher.url, token: catcher.token });
  const mail = nodemailer.createTransport(catcher.smtpUrl);
  const common = { from: "no-reply@reachable.example", to: "mai@example.com" };
  await mail.sendMail({
    ...common,
    subject: "With HTML",
    text: "Plain",
    html: "<html><head><title>x</title></head><body><a href='https://a.example/'>Go</a></body></html>",
  });
  await mail.sendMail({ ...common, subject: "A fragment", html: "<p>Only this</p>" });
  mail.close();
  await fetch(catcher.textsUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to: "+84912345678", text: "123456 is your code" }),
  });
});

afterAll(async () => {
  await catcher.close();
  rmSync(folder, { recursive: true, force: true });
});

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  return error instanceof AppError ? error.code : String(error);
}

const owner = async () => makeMember(await makeInstitution(), "owner");

describe("caught messages", () => {
  test("mail and texts are listed apart, the newest first, and mail opens whole", async () => {
    const ctx = await owner();
    const mails = await listCaught(ctx, { kind: "mail" });
    expect(mails.messages.map((message) => message.kind === "mail" && message.subject)).toEqual(["A fragment", "With HTML"]);
    const texts = await listCaught(ctx, { kind: "text" });
    expect(texts.messages).toMatchObject([{ kind: "text", to: "+84912345678", text: "123456 is your code" }]);
    const mail = await getCaughtMail(ctx, { caughtId: mails.messages[1]?.id });
    expect(mail).toMatchObject({ to: ["mai@example.com"], sender: { address: "no-reply@reachable.example" }, text: "Plain\n" });
    expect((await listCaught(ctx, { kind: "mail", before: mails.messages[0]?.id })).messages).toHaveLength(1);
  });

  test("a mail's HTML is served for its frame, its links leaving it", async () => {
    const ctx = await owner();
    const [fragment, whole] = (await listCaught(ctx, { kind: "mail" })).messages;
    const html = async (id = "") => {
      const response = await htmlRoute(await browserRequest(`/catcher/mail/${id}/html`, { as: ctx }), routeArgs({ caughtId: id }));
      return [response.status, response.headers.get("content-type"), await response.text()] as const;
    };
    expect(await html(whole?.id)).toEqual([
      200,
      "text/html; charset=utf-8",
      expect.stringContaining('<html><head><base target="_blank"><title>'),
    ]);
    expect((await html(fragment?.id))[2]).toMatch(/^<!doctype html><base target="_blank"><p>Only this/);
  });

  test("what is not there, is a text, or is no id at all is not found", async () => {
    const ctx = await owner();
    const [text] = (await listCaught(ctx, { kind: "text" })).messages;
    for (const caughtId of ["mail-0000000000-000000000000", text?.id ?? "", "../messages", "mail-x/../../faults", ""]) {
      expect(await codeOf(getCaughtMail(ctx, { caughtId })), caughtId).toBe("not_found");
      const response = await htmlRoute(await browserRequest("/catcher/mail/x/html", { as: ctx }), routeArgs({ caughtId }));
      expect(response.status, caughtId).toBe(404);
    }
  });

  test("plain members and people who are not signed in see none of it", async () => {
    const member = await makeMember(await makeInstitution());
    const [mail] = (await listCaught(await owner(), { kind: "mail" })).messages;
    const caughtId = mail?.id ?? "";
    expect(await codeOf(listCaught(member, { kind: "mail" }))).toBe("forbidden");
    expect(await codeOf(getCaughtMail(member, { caughtId }))).toBe("forbidden");
    expect(await codeOf(listCaught(stranger(), { kind: "mail" }))).toBe("unauthenticated");
    const asked = async (as?: typeof member) =>
      (await htmlRoute(await browserRequest(`/catcher/mail/${caughtId}/html`, as ? { as } : {}), routeArgs({ caughtId }))).status;
    expect([await asked(member), await asked()]).toEqual([403, 401]);
  });

  test("a catcher that has gone is said to be unavailable", async () => {
    const ctx = await owner();
    await catcher.close();
    expect(await codeOf(listCaught(ctx, { kind: "mail" }))).toBe("unavailable");
    catcher = await startCatcher({ folder, token: catcher.token });
  });
});
