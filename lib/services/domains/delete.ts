import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { dependentsOf } from "@/lib/services/domains/dependents";
import { DomainRef, lockDomain, sendersWithin } from "@/lib/services/domains/internal";

const NAMED_MAX = 5;

/** Removes a domain and its key for good; refused, naming them, while senders depend on it. */
export async function deleteDomain(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "domain:write");
  const { domainId } = parseInput(DomainRef, raw);
  await inInstitution(institutionId, async (tx) => {
    // in the order of whoever changes a sender's address: the sender first, its domain after
    await tx.$queryRaw`
      SELECT id FROM sender WHERE institution_id = ${institutionId}::uuid AND email_domain_id = ${domainId}::uuid
       ORDER BY id FOR NO KEY UPDATE`;
    const row = await lockDomain(tx, institutionId, domainId);
    const senders = await dependentsOf(tx, institutionId, row, await sendersWithin(tx, institutionId, row.domain));
    if (senders.length > 0) {
      const names = senders.slice(0, NAMED_MAX).map(({ name }) => name);
      throw new AppError("precondition_failed", {
        reason: "domainInUse",
        params: { senders: names.join(", "), count: senders.length },
      });
    }
    await unbind(tx, institutionId, domainId);
    await tx.emailDomain.deleteMany({ where: { institutionId, id: domainId } });
    await audit(tx, institutionId, ctx, {
      action: "domain.deleted",
      object: { type: "domain", id: domainId },
      before: { domain: row.domain, state: row.state },
    });
  });
}

/** Senders that were bound to it and do not depend on it: to the nearest that proves their address, or to none. */
async function unbind(tx: Tx, institutionId: string, domainId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE sender s SET email_domain_id = (
      SELECT d.id FROM email_domain d
       WHERE d.institution_id = s.institution_id AND d.state = 'verified' AND d.id <> ${domainId}::uuid
         AND right(lower(s.from_address), length(d.domain) + 1) IN ('@' || d.domain, '.' || d.domain)
       ORDER BY length(d.domain) DESC LIMIT 1)
     WHERE s.institution_id = ${institutionId}::uuid AND s.email_domain_id = ${domainId}::uuid`;
}
