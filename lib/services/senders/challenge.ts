import type { Caller } from "@/lib/auth/actor";
import { addressBucket } from "@/lib/core/address-bucket";
import { AppError } from "@/lib/core/errors";
import { hashCode, verifyCode } from "@/lib/crypto/codes";
import { parseKeyring } from "@/lib/crypto/keyring";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { enforceLimit, hit } from "@/lib/services/limits/hit";

/** One counted look at a sender's challenge; whoever holds it may compare once. */
export interface SenderAttempt {
  id: string;
  senderId: string;
  revision: number;
  contactPointId: string | null;
  codeHash: Uint8Array;
  pepperKid: string;
}

/** R8: bound to the institution, the sender and the revision of its settings that the code goes through. */
export function hashSenderCode(institutionId: string, senderId: string, revision: number, code: string) {
  return hashCode(peppers(), subject(institutionId, senderId, revision, code));
}

export function senderCodeMatches(institutionId: string, attempt: SenderAttempt, code: string): boolean {
  return verifyCode(peppers(), attempt.pepperKid, subject(institutionId, attempt.senderId, attempt.revision, code), attempt.codeHash);
}

/**
 * Counts one submission by whoever the code was sent to, committed before anything is compared (R5, R9). Null when the
 * challenge is dead, somebody else's, or the sender had its day's worth of guesses (R6).
 */
export async function countSenderAttempt(actor: Caller, senderId: string): Promise<SenderAttempt | null> {
  const rows = await inInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<SenderAttempt[]>`
      UPDATE sender_verification SET attempts = attempts + 1
       WHERE institution_id = ${actor.institutionId}::uuid AND sender_id = ${senderId}::uuid AND requested_by_id = ${actor.userId}::uuid
         AND consumed_at IS NULL AND voided_at IS NULL AND expires_at > now() AND attempts < max_attempts
      RETURNING id, sender_id AS "senderId", revision, contact_point_id AS "contactPointId", code_hash AS "codeHash", pepper_kid AS "pepperKid"`,
  );
  const attempt = rows[0];
  if (!attempt) {
    return null;
  }
  const day = await hit(`wrong:sender:${senderId}`, env().limits.wrongCodesPerContactPoint);
  return day.allowed ? attempt : null;
}

/** R31: few submissions an hour by a person, and from a network. */
export async function limitSubmissions(actor: Caller, ip: string | null): Promise<void> {
  await enforceLimit(`verify:user:${actor.userId}`, env().limits.submissionsPerUserHour, "submissions");
  if (ip) {
    await enforceLimit(`verify:ip:${addressBucket(ip)}`, env().limits.submissionsPerIpHour, "submissions");
  }
}

/** R22: takes the next step of a sender's resend ladder, or says how long the last one still lasts. */
export async function takeSenderStep(institutionId: string, senderId: string): Promise<void> {
  const ladder = env().limits.resendLadderSec;
  const waitSec = await inInstitution(institutionId, async (tx) => {
    const taken = await tx.$queryRaw<unknown[]>`
      UPDATE sender
         SET next_send_at = now() + make_interval(secs => (${ladder}::int[])[least(send_step, ${ladder.length - 1}) + 1]),
             send_step = send_step + 1
       WHERE institution_id = ${institutionId}::uuid AND id = ${senderId}::uuid AND (next_send_at IS NULL OR next_send_at <= now())
      RETURNING id`;
    if (taken.length > 0) {
      return null;
    }
    const [row] = await tx.$queryRaw<Array<{ wait: number }>>`
      SELECT greatest(1, ceil(extract(epoch FROM next_send_at - now())))::int AS wait
        FROM sender WHERE institution_id = ${institutionId}::uuid AND id = ${senderId}::uuid`;
    return row?.wait ?? 1;
  });
  if (waitSec !== null) {
    throw new AppError("rate_limited", { reason: "resendTooSoon", retryAfterSec: waitSec });
  }
}

/** A sender and its revision stand where a contact point and the version of its address do; no id is both. */
function subject(institutionId: string, senderId: string, revision: number, code: string) {
  return { institutionId, contactPointId: senderId, addressVersion: revision, code };
}

function peppers() {
  return parseKeyring(env().codePeppers, "CODE_PEPPERS");
}
