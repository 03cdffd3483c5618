import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type AuditEventDto, type AuditRow, toAuditEventDto } from "@/lib/services/audit/dto";
import { auditFilters, auditQuery } from "@/lib/services/audit/query";

export const ListAuditInput = z.strictObject({ ...pageInput, ...auditFilters });

/** One page of the institution's audit log, the newest first. */
export async function listAudit(ctx: Context, raw: unknown): Promise<Page<AuditEventDto>> {
  const { institutionId } = requirePermission(ctx, "audit:read");
  const { after, before, limit, ...filters } = parseInput(ListAuditInput, raw);
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const query = auditQuery({ institutionId, filters, cursor, backwards, limit: limit + 1 });
  const rows = await inInstitution(institutionId, (tx) => tx.$queryRaw<AuditRow[]>(query));
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf: (row) => [row.at.toISOString(), row.id] });
  return { ...page, items: page.items.map(toAuditEventDto) };
}
