import { domainToUnicode } from "node:url";
import { readChecks } from "@/lib/channels/email-domain/checks";
import type { DomainState } from "@/lib/channels/email-domain/life";
import { type DomainRecord, recordsOf } from "@/lib/channels/email-domain/records";

/** What screens and the native API see of an email domain. The private key is never read for it. */
export interface DomainDto {
  id: string;
  domain: string;
  /** As people write it, where that is not the same. */
  unicode: string | null;
  state: DomainState;
  records: DomainRecord[];
  /** Mail from it is signed: its key was found in DNS. */
  signs: boolean;
  verifiedAt: string | null;
  checkedAt: string | null;
  nextCheckAt: string;
  createdAt: string;
}

export interface DomainRow {
  id: string;
  domain: string;
  token: string;
  dkimSelector: string;
  dkimPublicKey: string;
  state: string;
  records: unknown;
  dkimPublishedAt: Date | null;
  verifiedAt: Date | null;
  checkedAt: Date | null;
  nextCheckAt: Date;
  createdAt: Date;
}

export const DOMAIN_SELECT = {
  id: true,
  domain: true,
  token: true,
  dkimSelector: true,
  dkimPublicKey: true,
  state: true,
  records: true,
  dkimPublishedAt: true,
  verifiedAt: true,
  checkedAt: true,
  nextCheckAt: true,
  createdAt: true,
} as const;

export function toDomainDto(row: DomainRow, hosts: readonly string[]): DomainDto {
  const unicode = domainToUnicode(row.domain);
  return {
    id: row.id,
    domain: row.domain,
    unicode: unicode === row.domain || unicode === "" ? null : unicode,
    state: row.state as DomainState,
    records: recordsOf({ ...row, hosts }, readChecks(row.records)),
    signs: row.state === "verified" && row.dkimPublishedAt !== null,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    nextCheckAt: row.nextCheckAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}
