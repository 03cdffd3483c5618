import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { finishMessages } from "@/lib/services/messages/finish";
import { createSender } from "@/lib/services/senders/create";
import { deleteSender } from "@/lib/services/senders/delete";
import { duplicateSender } from "@/lib/services/senders/duplicate";
import { setDefaultSender } from "@/lib/services/senders/set-default";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { startSenderVerification } from "@/lib/services/senders/start-verification";
import { submitSenderCode } from "@/lib/services/senders/submit-code";
import { updateSender } from "@/lib/services/senders/update";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin, claimNext, deliverablePoint, enqueueTo } from "@/tests/support/outbox";
import { addSmtp, waitingCode } from "@/tests/support/senders";

/** Verbs and the worker at once at four senders, two on one account. An unexpected failure, as a deadlock is, comes out as text. */
async function rush(): Promise<string[]> {
  const institutionId = await makeInstitution();
  const admin = await makeMember(institutionId, "admin");
  const to = `own-${institutionId}@example.com`;
  const contactPointId = await deliverablePoint(institutionId, admin.actor.subscriberId, to);
  const first = await addSmtp(admin, { ratePerMinute: 60 });
  const second = await createSender(admin, {
    name: "Second",
    integrationId: first.integration.id,
    fromAddress: "b@example.com",
    ratePerMinute: 60,
  });
  const ids = [first.id, second.id, (await addSmtp(admin)).id, (await addSmtp(admin)).id];
  await asAdmin("UPDATE sender SET state = 'active', proven_revision = 1 WHERE id = $1", [first.id]);
  await setDefaultSender(admin, { senderId: first.id });
  for (const senderId of ids.slice(1)) await startSenderVerification(admin, { senderId });
  const codes = await Promise.all(ids.slice(1).map(async (senderId) => ({ senderId, code: (await waitingCode(senderId)).code })));
  for (let n = 0; n < 10; n += 1) await enqueueTo({ institutionId, contactPointId, to, kind: "notice" });

  const worker = async () => {
    const claimed = await claimNext(20);
    const failed = claimed.map((message) => ({
      message,
      result: { outcome: "temporary", reason: "connect_failed" } as const,
      lines: [],
    }));
    if (failed.length > 0) await finishMessages(institutionId, failed);
  };
  const work = [
    ...ids.map((senderId) => updateSender(admin, { senderId, config: { readTimeoutMs: 5000 } })),
    worker(),
    ...codes.map((each) => submitSenderCode(admin, each)),
    ...ids.map((senderId) => setDefaultSender(admin, { senderId })),
    worker(),
    ...ids.map((senderId) => setSenderEnabled(admin, { senderId, enabled: false })),
    ...ids.map((senderId) => updateSender(admin, { senderId, fromAddress: "c@example.com" })),
    ...ids.map((senderId) => duplicateSender(admin, { senderId, name: "Copy" })),
    worker(),
    ...ids.map((senderId) => deleteSender(admin, { senderId })),
  ];
  const settled = await Promise.allSettled(work);
  return settled.flatMap((one) => (one.status === "rejected" && !(one.reason instanceof AppError) ? [String(one.reason)] : []));
}

test("verbs and the worker that meet at the same senders wait for each other and never lock each other out", async () => {
  for (let round = 0; round < 10; round += 1) {
    expect(await rush()).toEqual([]);
  }
});
