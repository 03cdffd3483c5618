import { z } from "zod";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { parseKeyring } from "@/lib/crypto/keyring";
import { DecryptError, openText, type SealedPlace } from "@/lib/crypto/seal";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { DOMAIN_SELECT, type DomainRow } from "@/lib/services/domains/dto";

export const DomainRef = z.strictObject({ domainId: z.string().refine(isId, { params: { reason: "invalid" } }) });

/** Where a domain's private key is sealed (R50). */
export function dkimKeyPlace(institutionId: string, rowId: string, version: number): SealedPlace {
  return { table: "email_domain", institutionId, rowId, field: "dkimPrivateKey", version };
}

export async function findDomain(tx: Tx, institutionId: string, id: string): Promise<DomainRow> {
  const row = await tx.emailDomain.findFirst({ where: { institutionId, id }, select: DOMAIN_SELECT });
  if (!row) {
    throw notFound();
  }
  return row;
}

/** Locks and returns one domain; unknown and foreign look the same. */
export async function lockDomain(tx: Tx, institutionId: string, id: string): Promise<DomainRow> {
  await tx.$queryRaw`SELECT id FROM email_domain WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return findDomain(tx, institutionId, id);
}

/** A sender that writes from within a domain. */
export interface SenderInDomain {
  id: string;
  name: string;
  fromAddress: string;
  /** The SMTP server that it sends through, where it is one. */
  host: string | null;
}

export async function sendersWithin(tx: Tx, institutionId: string, domain: string): Promise<SenderInDomain[]> {
  return tx.$queryRaw<SenderInDomain[]>`
    SELECT s.id, s.name, s.from_address AS "fromAddress",
           CASE WHEN i.provider = 'smtp' THEN i.config ->> 'host' END AS host
      FROM sender s JOIN integration i ON i.institution_id = s.institution_id AND i.id = s.integration_id
     WHERE s.institution_id = ${institutionId}::uuid AND s.from_address IS NOT NULL
       AND (right(lower(s.from_address), ${domain.length + 1}::int) IN (${`@${domain}`}, ${`.${domain}`}))
     ORDER BY lower(s.name), s.id LIMIT 200`;
}

export function hostsOf(senders: readonly SenderInDomain[]): string[] {
  return [...new Set(senders.flatMap(({ host }) => (host ? [host.toLowerCase()] : [])))];
}

/** The verified domain that an address is in, itself or below it; the nearest of several. null: nobody has proven it. */
export async function verifiedDomainOf(tx: Tx, institutionId: string, address: string): Promise<{ id: string; domain: string } | null> {
  const rows = await tx.emailDomain.findMany({
    where: { institutionId, state: "verified", domain: { in: domainsAbove(address) } },
    select: { id: true, domain: true },
  });
  return nearest(rows) ?? null;
}

/**
 * The same, for a sender that is about to be bound to it: it stays until that is done. One that is deleted at the same
 * moment is passed over, for the next above it.
 */
export async function holdVerifiedDomain(tx: Tx, institutionId: string, address: string): Promise<{ id: string } | null> {
  const [row] = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT id FROM email_domain
     WHERE institution_id = ${institutionId}::uuid AND state = 'verified' AND domain = ANY(${domainsAbove(address)}::text[])
     ORDER BY length(domain) DESC LIMIT 1 FOR KEY SHARE`;
  return row ?? null;
}

/** What mail from an address is signed with: the key of the nearest verified domain whose record was found. */
export async function dkimFor(
  tx: Tx,
  institutionId: string,
  address: string,
): Promise<{ domain: string; selector: string; privateKey: string } | undefined> {
  const rows = await tx.emailDomain.findMany({
    where: { institutionId, state: "verified", dkimPublishedAt: { not: null }, domain: { in: domainsAbove(address) } },
    select: { id: true, domain: true, dkimSelector: true, dkimPrivateKey: true, dkimKeyVersion: true },
  });
  const row = nearest(rows);
  if (!row) {
    return undefined;
  }
  try {
    const keys = parseKeyring(env().secretsKeys, "SECRETS_KEYS");
    const privateKey = openText(keys, row.dkimPrivateKey, dkimKeyPlace(institutionId, row.id, row.dkimKeyVersion));
    return { domain: row.domain, selector: row.dkimSelector, privateKey };
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    // unsigned mail arrives, if less well; no mail does not
    logger.error({ err: error, domainId: row.id }, "a DKIM key could not be opened");
    return undefined;
  }
}

function nearest<T extends { domain: string }>(rows: readonly T[]): T | undefined {
  return [...rows].sort((a, b) => b.domain.length - a.domain.length)[0];
}

/** `a@mail.example.com` is in mail.example.com and in example.com. */
function domainsAbove(address: string): string[] {
  const labels = address
    .slice(address.lastIndexOf("@") + 1)
    .toLowerCase()
    .split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}
