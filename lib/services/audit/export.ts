import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { csvLine } from "@/lib/core/csv";
import { encodeCursor } from "@/lib/core/page";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type AuditEventDto, type AuditRow, toAuditEventDto } from "@/lib/services/audit/dto";
import { type AuditFilters, auditFilters, auditQuery, NEWEST } from "@/lib/services/audit/query";
import { audit } from "@/lib/services/audit/record";

export const EXPORT_FORMATS = ["csv", "jsonl"] as const;
export const ExportAuditInput = z.strictObject({ ...auditFilters, format: z.enum(EXPORT_FORMATS) });

type Format = (typeof EXPORT_FORMATS)[number];

interface Writer {
  contentType: string;
  head: string;
  line: (event: AuditEventDto) => string;
}

export interface AuditExport {
  contentType: string;
  fileName: string;
  /** The file in pieces. The export is audited as the first of them is asked for. */
  chunks: AsyncGenerator<string, void>;
}

const BATCH = 1000;

/** The log as a file, under the same filters as the page; each batch is a short unit of work of its own. */
export function exportAudit(ctx: Context, raw: unknown): AuditExport {
  const { institutionId } = requirePermission(ctx, "audit:read");
  const { format, ...filters } = parseInput(ExportAuditInput, raw);
  const { contentType } = WRITERS[format];
  const fileName = `audit-${new Date().toISOString().slice(0, 10)}.${format}`;
  return { contentType, fileName, chunks: chunksOf(ctx, institutionId, format, filters) };
}

async function* chunksOf(ctx: Context, institutionId: string, format: Format, filters: AuditFilters): AsyncGenerator<string, void> {
  const { head, line } = WRITERS[format];
  await inInstitution(institutionId, (tx) =>
    audit(tx, institutionId, ctx, { action: "audit.exported", object: { type: "audit" }, after: { format, ...given(filters) } }),
  );
  let after: string | undefined;
  let start = head;
  do {
    const query = auditQuery({ institutionId, filters, asked: { after }, limit: BATCH });
    const rows = await inInstitution(institutionId, (tx) => tx.$queryRaw<AuditRow[]>(query));
    yield start + rows.map((row) => line(toAuditEventDto(row))).join("");
    const last = rows.length === BATCH ? rows.at(-1) : undefined;
    after = last && encodeCursor(NEWEST.keyOf(last));
    start = "";
  } while (after);
}

function given(filters: AuditFilters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

const COLUMNS = [
  "at",
  "actor_kind",
  "actor_id",
  "actor_name",
  "key_id",
  "key_name",
  "action",
  "object_type",
  "object_id",
  "subscriber_id",
  "outcome",
  "ip",
  "client_hash",
  "request_id",
  "before",
  "after",
];

const WRITERS: Record<Format, Writer> = {
  csv: {
    contentType: "text/csv; charset=utf-8",
    // the mark by which spreadsheets know UTF-8
    head: `\uFEFF${csvLine(COLUMNS)}`,
    line: ({ at, actor, key, action, object, subscriberId, outcome, ip, clientHash, requestId, before, after }) =>
      csvLine([
        at,
        actor.kind,
        actor.id,
        actor.name,
        key?.id ?? null,
        key?.name ?? null,
        action,
        object.type,
        object.id,
        subscriberId,
        outcome,
        ip,
        clientHash,
        requestId,
        before && JSON.stringify(before),
        after && JSON.stringify(after),
      ]),
  },
  jsonl: { contentType: "application/jsonl; charset=utf-8", head: "", line: (event) => `${JSON.stringify(event)}\n` },
};
