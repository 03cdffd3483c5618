import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { type AuditEventDto, type AuditRow, toAuditEventDto } from "@/lib/services/audit/dto";
import { auditFilters, auditQuery, NEWEST } from "@/lib/services/audit/query";
import { keyset } from "@/lib/services/keyset";

export const ListAuditInput = z.strictObject({ ...pageInput, ...auditFilters });

/** One page of the institution's audit log, the newest first. */
export async function listAudit(ctx: Context, raw: unknown): Promise<Page<AuditEventDto>> {
  const { institutionId } = requirePermission(ctx, "audit:read");
  const { after, before, limit, ...filters } = parseInput(ListAuditInput, raw);
  const asked = { after, before };
  const query = auditQuery({ institutionId, filters, asked, limit: limit + 1 });
  const rows = await onceInInstitution(institutionId, (tx) => tx.$queryRaw<AuditRow[]>(query));
  const page = toPage(rows, { limit, ...keyset(NEWEST, asked) });
  return { ...page, items: page.items.map(toAuditEventDto) };
}
