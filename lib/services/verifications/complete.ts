import type { Context } from "@/lib/auth/actor";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError } from "@/lib/core/errors";
import { type ContactPoint, Prisma } from "@/lib/db/generated/client";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { whereKey } from "@/lib/services/contact-points/internal";
import { notifyOthers } from "@/lib/services/notices/notify-others";
import { countProof } from "@/lib/services/sms-spending/count-texts";
import { verificationFailed } from "@/lib/services/verifications/attempt";

interface Proven {
  institutionId: string;
  verificationId: string;
  contactPointId: string;
  addressVersion: number;
}

/** How the proof was given, as the history of a contact point tells it. */
export type ProofMethod = "code" | "link" | "confirm";

/**
 * Consumes the challenge and marks the address of exactly that version verified, in one transaction
 * (R7, R9, R10): a pending address is swapped in, the live one keeps everything else it had.
 */
export async function completeVerification(ctx: Context, proven: Proven, method: ProofMethod): Promise<ContactPoint> {
  const { institutionId, contactPointId } = proven;
  try {
    return await inInstitution(institutionId, async (tx) => {
      await tx.$queryRaw`SELECT id FROM contact_point WHERE institution_id = ${institutionId}::uuid AND id = ${contactPointId}::uuid FOR NO KEY UPDATE`;
      await consume(tx, proven);
      const row = await tx.contactPoint.findFirst({ where: { institutionId, id: contactPointId, deletedAt: null } });
      const change = row && changeFor(row, proven.addressVersion);
      if (!row || !change) {
        throw verificationFailed();
      }
      const after = await tx.contactPoint.update({ where: whereKey(row), data: { ...change, ...FRESH, updatedAt: new Date() } });
      const [proof] = await tx.$queryRaw<Array<{ at: Date }>>`
        UPDATE contact_point SET verified_at = now() WHERE institution_id = ${institutionId}::uuid AND id = ${contactPointId}::uuid RETURNING verified_at AS at`;
      await audit(tx, institutionId, ctx, {
        action: "contact_point.verified",
        object: { type: "contact_point", id: contactPointId },
        subscriberId: row.subscriberId,
        after: { address: requireContactPointType(row.type).mask(after.address), method },
      });
      await notifyOthers(tx, { contactPoint: after, event: "verified" });
      await countProof(tx, institutionId, proven.verificationId);
      return { ...after, verifiedAt: proof?.at ?? after.verifiedAt };
    });
  } catch (error) {
    throw violatedConstraint(error) === "contact_point_address_key" ? new AppError("conflict", { reason: "addressTaken" }) : error;
  }
}

async function consume(tx: Tx, { institutionId, verificationId }: Proven): Promise<void> {
  const consumed = await tx.$queryRaw<unknown[]>`
    UPDATE verification SET consumed_at = now()
     WHERE institution_id = ${institutionId}::uuid AND id = ${verificationId}::uuid AND consumed_at IS NULL AND voided_at IS NULL
    RETURNING id`;
  if (consumed.length === 0) {
    throw verificationFailed();
  }
  await tx.$executeRaw`DELETE FROM token_index WHERE kind IN ('verification', 'public_code') AND ref_id = ${verificationId}::uuid`;
}

const FRESH = { undeliverableAt: null, undeliverableReason: null, failedAttempts: 0, sendStep: 0, nextSendAt: null };

function changeFor(row: ContactPoint, version: number): Prisma.ContactPointUpdateInput | null {
  if (row.pendingAddress !== null && row.pendingAddressVersion === version) {
    return {
      address: row.pendingAddress,
      config: row.pendingConfig as Prisma.InputJsonObject,
      addressVersion: version,
      pendingAddress: null,
      pendingConfig: Prisma.DbNull,
      pendingAddressVersion: null,
    };
  }
  return row.addressVersion === version ? {} : null;
}
