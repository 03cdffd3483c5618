import type { Caller } from "@/lib/auth/actor";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError } from "@/lib/core/errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { hit } from "@/lib/services/limits/hit";
import { admitText } from "@/lib/services/sms-spending/admit-text";
import { countPrefix } from "@/lib/services/sms-spending/count-prefix";
import { type CountedTest, countTest } from "@/lib/services/sms-spending/count-test";
import { recordHeld } from "@/lib/services/sms-spending/record-held";
import { destinationKey } from "@/lib/services/verifications/count-send";

interface TestText {
  /** Of the sender, where it is saved. */
  senderId: string | null;
  from: string | null;
  /** The person's own number. */
  to: string;
}

/**
 * A test text costs as much as any other: it is held to the same limits (R24, R26–R29), counted before it is sent, and
 * goes to nobody who told this sender to stop. Throws, or returns what was counted.
 */
export async function admitTestText({ institutionId }: Caller, { senderId, from, to }: TestText): Promise<CountedTest> {
  const counted = await inInstitution(institutionId, async (tx) => {
    await refuseStopped(tx, institutionId, { senderId, from, to });
    const text = await admitText(tx, { institutionId, kind: "test", to });
    const prefix = await countPrefix(institutionId, to, tx);
    const destination = await countDestination(tx, to);
    if (!prefix.suppressed && destination) {
      return countTest(tx, institutionId, text);
    }
    if (prefix.heldByPrefix) {
      await recordHeld(tx, institutionId, text, "prefix");
    }
    return null;
  });
  if (counted === null) {
    throw new AppError("rate_limited", { reason: "testTextHeld" });
  }
  return counted;
}

async function refuseStopped(tx: Tx, institutionId: string, { senderId, from, to }: TestText): Promise<void> {
  const [stopped] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM sms_opt_out o JOIN sender s ON s.institution_id = o.institution_id AND s.id = o.sender_id
     WHERE o.institution_id = ${institutionId}::uuid AND o.number = ${to} AND (s.id = ${senderId}::uuid OR s.from_number = ${from}) LIMIT 1`;
  if (stopped) {
    throw new AppError("precondition_failed", { reason: "ownNumberStopped" });
  }
}

async function countDestination(tx: Tx, to: string): Promise<boolean> {
  const limits = env().limits;
  const destination = destinationKey(requireContactPointType("sms"), to);
  const hour = await hit(`send:to:h:${destination}`, limits.sendsPerDestinationHour, tx);
  const day = await hit(`send:to:d:${destination}`, limits.sendsPerDestinationDay, tx);
  return hour.allowed && day.allowed;
}
