import { z } from "zod";
import { decodeCursor, instant, pageInput, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { flushApiRequests } from "@/lib/services/api-requests/record";

export const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;

export const requestFilters = { ...pageInput, status: z.enum(STATUS_CLASSES).optional() };
export const ApiRequestsQuery = z.strictObject(requestFilters);

/** One request of a credential, as the log keeps it: neither its body nor its path's ids. */
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
type Asked = z.output<typeof ApiRequestsQuery> & { institutionId: string; credentialId: string };

/** What a credential asked for within the last seven days, the newest first, once `find` has found it within reach. */
export async function requestsOf(asked: Asked, find: (tx: Tx) => Promise<unknown>): Promise<Page<ApiRequestDto>> {
  const { institutionId, credentialId, status, after, before, limit } = asked;
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const where = [
    Prisma.sql`institution_id = ${institutionId}::uuid AND credential_id = ${credentialId}::uuid AND at > now() - interval '7 days'`,
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
    await find(tx);
    return tx.$queryRaw<Row[]>`
      SELECT id, at, dialect, method, route, status, ms, request_id AS "requestId", error FROM api_request
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`;
  });
  const page = toPage(rows, { limit, backwards, hasCursor: cursor !== null, keyOf: (row) => [row.at.toISOString(), row.id] });
  return { ...page, items: page.items.map((row) => ({ ...row, at: row.at.toISOString() })) };
}
