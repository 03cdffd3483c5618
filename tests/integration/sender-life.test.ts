import { afterAll, beforeEach, expect, test } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { getSender } from "@/lib/services/senders/get";
import { getSenderHistory } from "@/lib/services/senders/history";
import { setDefaultSender } from "@/lib/services/senders/set-default";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { submitSenderCode } from "@/lib/services/senders/submit-code";
import { updateSender } from "@/lib/services/senders/update";
import { getSenderVerification } from "@/lib/services/senders/verification-status";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { server } from "@/tests/support/mail-conversation";
import { asAdmin, mailServer, testReach, workOff } from "@/tests/support/outbox";
import { addSmtp } from "@/tests/support/senders";

beforeEach(() => asAdmin("DELETE FROM pgboss.job"));
afterAll(closePrisma);

/** The six digits of a mail, as somebody would read them. */
function codeIn(message: string | undefined): string {
  const found = /^(\d{6})\r?$/m.exec(message ?? "") ?? /\b(\d{6})\b/.exec((message ?? "").split("\r\n\r\n").slice(1).join("\n"));
  if (!found?.[1]) throw new Error("no code in this mail");
  return found[1];
}

test("R49: from its settings to a member's mail: proven by a code that came through it, and sending as proven while it changes", async () => {
  const institutionId = await makeInstitution();
  const admin = await makeMember(institutionId, "admin");
  const member = await makeMember(institutionId);
  const [system, own, next] = [await mailServer(), await server(), await server()];
  testReach.allowPorts.push(own.port, next.port);
  const config = { host: "127.0.0.1", port: own.port, security: "none", auth: "none" };
  const { id: senderId } = await addSmtp(admin, { config });
  const invite = (n: number) =>
    createContactPoint(member, {
      type: "email",
      label: "Home",
      config: { email: `member${n}.${institutionId}@example.com` },
      verify: true,
    });

  await startSenderVerification(admin, { senderId });
  await workOff(system.outlets);
  expect(await getSenderVerification(admin, { senderId })).toMatchObject({ state: "waiting", message: { state: "sent" } });
  expect([own.messages.length, system.smtp.messages.length]).toEqual([1, 0]);
  expect(own.messages[0]).toMatch(/^From: Lakeside Clinic <desk@example\.com>/im);
  expect(await submitSenderCode(admin, { senderId, code: codeIn(own.messages[0]) })).toMatchObject({ state: "active" });

  await invite(1);
  await workOff(system.outlets);
  expect([own.messages.length, system.smtp.messages.length]).toEqual([1, 1]);
  await setDefaultSender(admin, { senderId });
  await invite(2);
  await workOff(system.outlets);
  expect([own.messages.length, system.smtp.messages.length]).toEqual([2, 1]);

  await updateSender(admin, { senderId, config: { port: next.port } });
  await invite(3);
  await startSenderVerification(admin, { senderId });
  await workOff(system.outlets);
  expect([own.messages.length, next.messages.length]).toEqual([3, 1]);
  await submitSenderCode(admin, { senderId, code: codeIn(next.messages[0]) });
  await invite(4);
  await workOff(system.outlets);
  expect([own.messages.length, next.messages.length]).toEqual([3, 2]);

  await setSenderEnabled(admin, { senderId, enabled: false });
  await invite(5);
  await workOff(system.outlets);
  expect([own.messages.length, next.messages.length, system.smtp.messages.length]).toEqual([3, 2, 2]);
  const { health } = await getSender(admin, { senderId });
  expect(health.days).toEqual([{ day: new Date().toISOString().slice(0, 10), sent: expect.any(Number), failed: 0 }]);
  expect((await getSenderHistory(admin, { senderId })).messages.map(({ kind }) => kind).sort()).toEqual([
    "sender_verification",
    "sender_verification",
    "verification",
    "verification",
    "verification",
  ]);
});
