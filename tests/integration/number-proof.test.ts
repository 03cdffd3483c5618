import { beforeEach, expect, test } from "vitest";
import { env } from "@/lib/env";
import { buyNumber } from "@/lib/services/numbers/buy";
import { getNumber } from "@/lib/services/numbers/get";
import { registerNumber } from "@/lib/services/numbers/register";
import { createBoundSender } from "@/lib/services/senders/create-bound";
import { deleteSender } from "@/lib/services/senders/delete";
import { getBoundSender } from "@/lib/services/senders/get-bound";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { submitSenderCode } from "@/lib/services/senders/submit-code";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { atEnd } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint } from "@/tests/support/outbox";
import { markProven, waitingCode } from "@/tests/support/senders";
import { textAccount } from "@/tests/support/text-account";
import type { Person } from "@/tests/support/two-institutions";
import { startTwilio } from "@/tests/support/vendors/twilio";

const [FIRST, SECOND, OWNED] = ["+12025550101", "+12025550102", "+12025550103"];

let institutionId: string;
let admin: Person;
let integrationId: string;

beforeEach(async () => {
  const twilio = await startTwilio();
  atEnd(() => twilio.api.stop());
  // the fake listens on loopback
  Object.assign(env().reach, twilio.api.reach);
  twilio.available = [FIRST, SECOND];
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
  integrationId = await textAccount(institutionId, "twilio", twilio.config);
});

const standing = async (senderId: string) => (await getBoundSender(admin, { senderId })).standing;
const senderOf = ({ sender }: { sender: { id: string } | null }) => sender?.id ?? "";

test("a number that is bought on an account that works has a channel that is available at once", async () => {
  const first = senderOf(await buyNumber(admin, { integrationId, number: FIRST }));
  expect(await standing(first)).toBe("pending");
  await markProven(first);
  const second = senderOf(await buyNumber(admin, { integrationId, number: SECOND }));
  expect(await standing(second)).toBe("available");
  const rows = await asAdmin<{ action: string; method: string | null }>(
    "SELECT action, after ->> 'method' AS method FROM audit_event WHERE object_id = $1 ORDER BY at, id",
    [second],
  );
  expect(rows).toEqual([
    { action: "sender.created", method: null },
    { action: "sender.verified", method: "vouched" },
  ]);
});

test("a number that was registered waits for its own code, whatever its account has proven", async () => {
  await markProven(senderOf(await buyNumber(admin, { integrationId, number: FIRST })));
  expect(await standing(senderOf(await registerNumber(admin, { integrationId, number: OWNED })))).toBe("pending");
});

test("a number stays proven by the code that came from it, also when its sender is deleted and another one is made", async () => {
  await markProven(senderOf(await buyNumber(admin, { integrationId, number: FIRST })));
  await deliverablePoint(institutionId, admin.actor.subscriberId, "+819011112222", "sms");
  const number = await registerNumber(admin, { integrationId, number: OWNED });
  const senderId = senderOf(number);
  await startSenderVerification(admin, { senderId });
  await submitSenderCode(admin, { senderId, code: (await waitingCode(senderId)).code });
  await deleteSender(admin, { senderId, keepNumber: true });
  expect(await getNumber(admin, { numberId: number.id })).toMatchObject({ verified: true, sender: null });
  const again = await createBoundSender(admin, {
    type: "sms",
    name: "Sales SMS",
    integrationId,
    fromNumber: OWNED,
    phoneNumberId: number.id,
  });
  expect(again.standing).toBe("available");
});
