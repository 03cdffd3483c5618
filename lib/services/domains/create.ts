import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { newDkimKey } from "@/lib/channels/email-domain/dkim";
import { readDomainName } from "@/lib/channels/email-domain/name";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { parseKeyring } from "@/lib/crypto/keyring";
import { seal } from "@/lib/crypto/seal";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { DOMAIN_SELECT, type DomainDto, toDomainDto } from "@/lib/services/domains/dto";
import { dkimKeyPlace, hostsOf, sendersWithin } from "@/lib/services/domains/internal";
import { enforceLimit } from "@/lib/services/limits/hit";

const domainName = z
  .string()
  .max(1024)
  .transform((input, ctx) => {
    const result = readDomainName(input);
    if (!result.ok) {
      ctx.addIssue({ code: "custom", params: { reason: result.reason } });
      return z.NEVER;
    }
    return result.domain;
  });

export const CreateDomainInput = z.strictObject({ domain: domainName });

/**
 * Adds an email domain with a token and a DKIM key of its own. Another institution may add the same one: each proves
 * it with its own token, or does not.
 */
export async function createDomain(ctx: Context, raw: unknown): Promise<DomainDto> {
  const { institutionId, userId } = requirePermission(ctx, "domain:write");
  const { domain } = parseInput(CreateDomainInput, raw);
  const { limits, secretsKeys } = env();
  await enforceLimit(`domain_added:${institutionId}`, limits.domainsAddedPerInstitutionHour, "domainsAdded");
  const id = newId();
  const { privateKey, publicKey } = await newDkimKey();
  const sealed = seal(parseKeyring(secretsKeys, "SECRETS_KEYS"), privateKey, dkimKeyPlace(institutionId, id, 1));
  try {
    return await inInstitution(institutionId, async (tx) => {
      await refuseTooMany(tx, institutionId, limits.domainsPerInstitution);
      const row = await tx.emailDomain.create({
        data: {
          institutionId,
          id,
          domain,
          token: randomBytes(16).toString("hex"),
          // another institution's key for the same domain stands beside it
          dkimSelector: `reachable-${randomBytes(4).toString("hex")}`,
          dkimPublicKey: publicKey,
          dkimPrivateKey: sealed,
          createdById: userId,
        },
        select: DOMAIN_SELECT,
      });
      await audit(tx, institutionId, ctx, { action: "domain.created", object: { type: "domain", id }, after: { domain } });
      return toDomainDto(row, hostsOf(await sendersWithin(tx, institutionId, domain)));
    });
  } catch (error) {
    throw violatedConstraint(error) === "email_domain_domain_key" ? domainTaken() : error;
  }
}

/** Serialises additions to one institution, so that the limit holds under parallel requests (R34). */
async function refuseTooMany(tx: Tx, institutionId: string, max: number): Promise<void> {
  await tx.$queryRaw`SELECT id FROM institution WHERE id = ${institutionId}::uuid FOR NO KEY UPDATE`;
  if ((await tx.emailDomain.count({ where: { institutionId } })) >= max) {
    throw new AppError("limit_exceeded", { reason: "domainLimit", params: { max } });
  }
}

function domainTaken(): AppError {
  return new AppError("conflict", { fields: [{ path: "domain", code: "domain_taken" }], reason: "domainTaken" });
}
