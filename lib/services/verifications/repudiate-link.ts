import type { Context } from "@/lib/auth/actor";
import { requireContactPointType } from "@/lib/channels/registry";
import { addressBucket } from "@/lib/core/address-bucket";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { whereKey } from "@/lib/services/contact-points/internal";
import { enforceLimit } from "@/lib/services/limits/hit";
import { suppress } from "@/lib/services/messages/suppression";
import { verificationFailed } from "@/lib/services/verifications/attempt";
import { LinkInput } from "@/lib/services/verifications/confirm-link";
import { findLink } from "@/lib/services/verifications/link";
import { voidVerifications } from "@/lib/services/verifications/void";

/**
 * "This was not me" (R15): the address that waits for its proof goes, and nothing of this institution
 * is sent there for a while. A live address that was to be replaced stays as it was.
 */
export async function repudiateLink(ctx: Context, raw: unknown): Promise<void> {
  const { token } = parseInput(LinkInput, raw);
  const asLink: Context = { ...ctx, actor: { type: "link" } };
  if (ctx.request.ip) {
    await enforceLimit(`verify:ip:${addressBucket(ctx.request.ip)}`, env().limits.submissionsPerIpHour, "submissions");
  }
  const target = await findLink(token);
  if (!target) {
    throw verificationFailed();
  }
  const { institutionId, verificationId } = target;
  await inInstitution(institutionId, async (tx) => {
    const [found] = await tx.$queryRaw<Array<{ contact_point_id: string }>>`
      SELECT v.contact_point_id FROM verification v
        JOIN contact_point c ON c.institution_id = v.institution_id AND c.id = v.contact_point_id
       WHERE v.institution_id = ${institutionId}::uuid AND v.id = ${verificationId}::uuid
         AND v.consumed_at IS NULL AND v.voided_at IS NULL AND v.expires_at > now()
       FOR UPDATE OF c`;
    const row = found && (await tx.contactPoint.findFirst({ where: { institutionId, id: found.contact_point_id, deletedAt: null } }));
    if (!row) {
      throw verificationFailed();
    }
    const type = requireContactPointType(row.type);
    const address = row.pendingAddress ?? row.address;
    await voidVerifications(tx, institutionId, row.id);
    if (row.pendingAddress === null && row.verifiedAt === null) {
      await tx.contactPoint.delete({ where: whereKey(row) });
    } else {
      await tx.contactPoint.update({
        where: whereKey(row),
        data: { pendingAddress: null, pendingConfig: Prisma.DbNull, pendingAddressVersion: null, updatedAt: new Date() },
      });
    }
    await suppress(tx, institutionId, type, address, "repudiated");
    await audit(tx, institutionId, asLink, {
      action: "contact_point.repudiated",
      object: { type: "contact_point", id: row.id },
      subscriberId: row.subscriberId,
      before: { address: type.mask(address) },
    });
  });
}
