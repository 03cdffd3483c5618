import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { type DomainDto, toDomainDto } from "@/lib/services/domains/dto";
import { examineDomain } from "@/lib/services/domains/examine";
import { DomainRef, findDomain } from "@/lib/services/domains/internal";
import { enforceLimit } from "@/lib/services/limits/hit";

/** Looks a domain's records up now, for somebody who waits for the answer. */
export async function checkDomain(ctx: Context, raw: unknown): Promise<DomainDto> {
  const { institutionId } = requirePermission(ctx, "domain:write");
  const { domainId } = parseInput(DomainRef, raw);
  await inInstitution(institutionId, (tx) => findDomain(tx, institutionId, domainId));
  await enforceLimit(`domain_check:${institutionId}`, env().limits.domainChecksPerInstitutionHour, "domainChecks");
  const { row, hosts } = await examineDomain(institutionId, domainId, { by: ctx, asked: true });
  return toDomainDto(row, hosts);
}
