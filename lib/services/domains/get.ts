import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { dependentsOf } from "@/lib/services/domains/dependents";
import { type DomainDto, toDomainDto } from "@/lib/services/domains/dto";
import { DomainRef, findDomain, hostsOf, sendersWithin } from "@/lib/services/domains/internal";

/** A domain with the senders that could not do without it. */
export interface DomainDetail extends DomainDto {
  senders: Array<{ id: string; name: string }>;
}

export async function getDomain(ctx: Context, raw: unknown): Promise<DomainDetail> {
  const { institutionId } = requirePermission(ctx, "domain:read");
  const { domainId } = parseInput(DomainRef, raw);
  return inInstitution(institutionId, async (tx) => {
    const row = await findDomain(tx, institutionId, domainId);
    const within = await sendersWithin(tx, institutionId, row.domain);
    const senders = await dependentsOf(tx, institutionId, row, within);
    return { ...toDomainDto(row, hostsOf(within)), senders };
  });
}
