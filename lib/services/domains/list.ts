import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { readChecks } from "@/lib/channels/email-domain/checks";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { DOMAIN_SELECT, type DomainDto, type DomainRow, toDomainDto } from "@/lib/services/domains/dto";

export const ListDomainsInput = z.strictObject(pageInput);

/** A domain in a list: how its records are, not what they say. */
export interface DomainLine extends Omit<DomainDto, "records"> {
  records: Array<{ kind: string; status: string }>;
}

const KEY_LENGTH = 2;

/** One page of the institution's email domains, newest first. */
export async function listDomains(ctx: Context, raw: unknown): Promise<Page<DomainLine>> {
  const { institutionId } = requirePermission(ctx, "domain:read");
  const { after, before, limit } = parseInput(ListDomainsInput, raw);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, KEY_LENGTH);
  const rows = await inInstitution(institutionId, (tx) =>
    tx.emailDomain.findMany({
      where: { institutionId, ...(cursor ? beyond(cursor, backwards) : {}) },
      orderBy: backwards ? [{ createdAt: "asc" }, { id: "asc" }] : [{ createdAt: "desc" }, { id: "desc" }],
      take: limit + 1,
      select: DOMAIN_SELECT,
    }),
  );
  const keyOf = (row: DomainRow) => [row.createdAt.toISOString(), row.id];
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf });
  return { ...page, items: page.items.map(toLine) };
}

function beyond([at, id]: ReadonlyArray<unknown>, backwards: boolean) {
  const createdAt = new Date(instant(at));
  const side = <T>(value: T) => (backwards ? { gt: value } : { lt: value });
  return { OR: [{ createdAt: side(createdAt) }, { createdAt, id: side(uuid(id)) }] };
}

function toLine(row: DomainRow): DomainLine {
  const { records: _, ...domain } = toDomainDto(row, []);
  return { ...domain, records: readChecks(row.records).map(({ kind, status }) => ({ kind, status })) };
}
