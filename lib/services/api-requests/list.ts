import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { findKeyRow, KeyRef, withinReach } from "@/lib/services/keys/internal";

export const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;

const filters = { ...pageInput, status: z.enum(STATUS_CLASSES).optional() };
export const KeyRequestsQuery = z.strictObject(filters);
const ListKeyRequestsInput = z.strictObject({ ...KeyRef.shape, ...filters });

/** One request of a key, as the log keeps it: neither its body nor its path's ids. */
export interface ApiRequestDto {
  id: string;
  at: string;
  dialect: string;
  method: string;
  route: string;
  status: number;
  ms: number;
  requestId: string;
  error: string | null;
}

type Row = Omit<ApiRequestDto, "at"> & { at: Date };

/** What a key asked for within the last seven days, the newest first. */
export async function listKeyRequests(ctx: Context, raw: unknown): Promise<Page<ApiRequestDto>> {
  const caller = requirePermission(ctx, "key:own");
  const { keyId, status, after, before, limit } = parseInput(ListKeyRequestsInput, raw);
  const { institutionId } = caller;
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const where = [
    Prisma.sql`institution_id = ${institutionId}::uuid AND credential_id = ${keyId}::uuid AND at > now() - interval '7 days'`,
    ...(status ? [Prisma.sql`status / 100 = ${Number(status[0])}`] : []),
  ];
  if (cursor) {
    const key = Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
    where.push(backwards ? Prisma.sql`(at, id) > ${key}` : Prisma.sql`(at, id) < ${key}`);
  }
  const order = backwards ? Prisma.sql`at, id` : Prisma.sql`at DESC, id DESC`;
  // what this process noted a moment ago belongs on the page
  await flushApiRequests();
  const rows = await inInstitution(institutionId, async (tx) => {
    await findKeyRow(tx, withinReach(ctx, caller, "key:read"), keyId);
    return tx.$queryRaw<Row[]>`
      SELECT id, at, dialect, method, route, status, ms, request_id AS "requestId", error FROM api_request
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`;
  });
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf: (row) => [row.at.toISOString(), row.id] });
  return { ...page, items: page.items.map((row) => ({ ...row, at: row.at.toISOString() })) };
}
