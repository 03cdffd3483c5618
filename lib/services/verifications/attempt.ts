import type { Context } from "@/lib/auth/actor";
import { AppError } from "@/lib/core/errors";
import { verifyCode } from "@/lib/crypto/codes";
import { parseKeyring } from "@/lib/crypto/keyring";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { auditRefusal } from "@/lib/services/audit/record";
import { hit } from "@/lib/services/limits/hit";

/** One counted look at a challenge; whoever holds it may compare once. */
export interface Attempt {
  institutionId: string;
  verificationId: string;
  contactPointId: string;
  subscriberId: string;
  addressVersion: number;
  kind: string;
  codeHash: Uint8Array | null;
  pepperKid: string | null;
  locked: boolean;
}

/** The one answer to a wrong, expired, consumed, locked or foreign challenge (R16). */
export function verificationFailed(): AppError {
  return new AppError("verification_failed");
}

/**
 * Counts one submission, committed before anything is compared (R5, R9), and the contact point's
 * run of failures with it (R6). Null when the challenge is dead or the contact point locked.
 */
export async function countAttempt(
  institutionId: string,
  find: { contactPointId: string } | { verificationId: string },
): Promise<Attempt | null> {
  const verificationId = "verificationId" in find ? find.verificationId : null;
  const contactPointId = "contactPointId" in find ? find.contactPointId : null;
  const { consecutiveFailuresMax } = env().limits;
  const rows = await inInstitution(institutionId, async (tx) => {
    // in the order of all verbs: the contact point, then its challenge
    await tx.$queryRaw`
      SELECT id FROM contact_point
       WHERE institution_id = ${institutionId}::uuid AND id = coalesce(${contactPointId}::uuid, (
         SELECT contact_point_id FROM verification WHERE institution_id = ${institutionId}::uuid AND id = ${verificationId}::uuid))
       FOR NO KEY UPDATE`;
    return tx.$queryRaw<Attempt[]>`
      WITH counted AS (
        UPDATE verification v SET attempts = attempts + 1
          FROM contact_point c
         WHERE v.institution_id = ${institutionId}::uuid AND c.institution_id = v.institution_id AND c.id = v.contact_point_id
           AND (v.id = ${verificationId}::uuid OR v.contact_point_id = ${contactPointId}::uuid)
           AND v.consumed_at IS NULL AND v.voided_at IS NULL AND v.expires_at > now() AND v.attempts < v.max_attempts
           AND c.locked_at IS NULL AND c.deleted_at IS NULL
        RETURNING v.id, v.contact_point_id, v.address_version, v.kind, v.code_hash, v.pepper_kid),
      failed AS (
        UPDATE contact_point c SET failed_attempts = c.failed_attempts + 1,
               locked_at = CASE WHEN c.failed_attempts + 1 >= ${consecutiveFailuresMax} THEN now() END
          FROM counted
         WHERE c.institution_id = ${institutionId}::uuid AND c.id = counted.contact_point_id
        RETURNING c.subscriber_id, c.locked_at)
      SELECT ${institutionId} AS "institutionId", counted.id AS "verificationId", counted.contact_point_id AS "contactPointId",
             failed.subscriber_id AS "subscriberId", counted.address_version AS "addressVersion", counted.kind,
             counted.code_hash AS "codeHash", counted.pepper_kid AS "pepperKid", failed.locked_at IS NOT NULL AS locked
        FROM counted, failed`;
  });
  const attempt = rows[0];
  if (!attempt) {
    return null;
  }
  // R6: guesses are few in a day, however many challenges they are spread over
  const day = await hit(`wrong:cp:${attempt.contactPointId}`, env().limits.wrongCodesPerContactPoint);
  return day.allowed ? attempt : null;
}

export function codeMatches(attempt: Attempt, code: string): boolean {
  const { institutionId, contactPointId, addressVersion, codeHash, pepperKid } = attempt;
  if (!codeHash || !pepperKid) {
    return false;
  }
  const peppers = parseKeyring(env().codePeppers, "CODE_PEPPERS");
  return verifyCode(peppers, pepperKid, { institutionId, contactPointId, addressVersion, code }, codeHash);
}

/** After a wrong code: the audit rows of the refusal, then the one answer. */
export async function refuseAttempt(ctx: Context, attempt: Attempt): Promise<never> {
  const object = { type: "contact_point", id: attempt.contactPointId };
  const { institutionId, subscriberId } = attempt;
  await auditRefusal(institutionId, ctx, { action: "contact_point.verify_failed", object, subscriberId });
  if (attempt.locked) {
    await auditRefusal(institutionId, ctx, { action: "contact_point.locked", object, subscriberId });
  }
  throw verificationFailed();
}
