import { z } from "zod";
import { pageInput, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { type ApiRequestEntry, flushApiRequests } from "@/lib/services/api-requests/record";
import { keyset, type Order } from "@/lib/services/keyset";

export const STATUS_CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;

export const requestFilters = { ...pageInput, status: z.enum(STATUS_CLASSES).optional() };
export const ApiRequestsQuery = z.strictObject(requestFilters);

/** One request of a credential, as the log keeps it: neither its body nor its path's ids. */
export type ApiRequestDto = Omit<Row, "at"> & { at: string };
type Row = Pick<ApiRequestEntry, "at" | "dialect" | "method" | "route" | "status" | "ms" | "requestId" | "error"> & { id: string };
type Asked = z.output<typeof ApiRequestsQuery> & { institutionId: string; credentialId: string };

const NEWEST: Order<Row> = {
  desc: true,
  columns: [
    ["at", "instant"],
    ["id", "uuid"],
  ],
  keyOf: (row) => [row.at.toISOString(), row.id],
};

/** What a credential asked for within the last seven days, the newest first, once `find` has found it within reach. */
export async function requestsOf(asked: Asked, find: (tx: Tx) => Promise<unknown>): Promise<Page<ApiRequestDto>> {
  const { institutionId, credentialId, status, limit } = asked;
  const { beyond, order, ...paged } = keyset(NEWEST, asked);
  const where = [
    Prisma.sql`institution_id = ${institutionId}::uuid AND credential_id = ${credentialId}::uuid AND at > now() - interval '7 days'`,
    ...(status ? [Prisma.sql`status / 100 = ${Number(status[0])}`] : []),
    ...beyond,
  ];
  // what this process noted a moment ago belongs on the page
  await flushApiRequests();
  const rows = await inInstitution(institutionId, async (tx) => {
    await find(tx);
    return tx.$queryRaw<Row[]>`
      SELECT id, at, dialect, method, route, status, ms, request_id AS "requestId", error FROM api_request
       WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit + 1}`;
  });
  const page = toPage(rows, { limit, ...paged });
  return { ...page, items: page.items.map((row) => ({ ...row, at: row.at.toISOString() })) };
}
