import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";

/** How programs page: by the id of a row, in either direction, with the total beside it. */
export const browseInput = {
  after: z.string().max(512).optional(),
  before: z.string().max(512).optional(),
  limit: z.number().int().min(1).max(100).default(10),
  orderBy: z.enum(["createdAt", "updatedAt"]).default("createdAt"),
  orderDirection: z.enum(["ASC", "DESC"]).default("DESC"),
  includeCursor: z.boolean().default(false),
};

export interface Browsed<T> {
  items: T[];
  next: string | null;
  previous: string | null;
  total: number;
  /** There are more than `total`. */
  capped: boolean;
}

interface Asked {
  after?: string | undefined;
  before?: string | undefined;
  limit: number;
  orderBy: "createdAt" | "updatedAt";
  orderDirection: "ASC" | "DESC";
  includeCursor: boolean;
}

interface Source<T> {
  institutionId: string;
  table: Prisma.Sql;
  /** Conditions on `r`. */
  where: Prisma.Sql[];
  read: (where: Prisma.Sql, tail: Prisma.Sql) => Promise<T[]>;
}

const TOTAL_MAX = 50_000;
const COLUMNS = { createdAt: Prisma.sql`r.created_at`, updatedAt: Prisma.sql`r.updated_at` };

export async function browseRows<T extends { id: string }>(tx: Tx, asked: Asked, { institutionId, table, where, read }: Source<T>) {
  const { after, before, limit, orderBy, orderDirection, includeCursor } = asked;
  const column = COLUMNS[orderBy];
  const own = [Prisma.sql`r.institution_id = ${institutionId}::uuid`];
  const cursor = before ?? after;
  const nothing: Browsed<T> = { items: [], next: null, previous: null, total: 0, capped: false };
  let at: Date | null = null;
  if (cursor !== undefined) {
    const rows = isId(cursor)
      ? await tx.$queryRaw<Array<{ at: Date }>>`SELECT ${column} AS at FROM ${table} r WHERE ${own[0]} AND r.id = ${cursor}::uuid`
      : [];
    if (!rows[0]) {
      return nothing;
    }
    at = rows[0].at;
  }
  const backwards = before !== undefined;
  const descending = (orderDirection === "DESC") !== backwards;
  const order = descending ? Prisma.sql`${column} DESC, r.id DESC` : Prisma.sql`${column}, r.id`;
  const key = Prisma.sql`(${column}, r.id)`;
  const beyond =
    at === null
      ? []
      : [Prisma.sql`${key} ${descending ? (includeCursor ? LE : LT) : includeCursor ? GE : GT} (${at}::timestamptz, ${cursor}::uuid)`];
  const filters = [...own, ...where];
  const rows = await read(Prisma.join([...filters, ...beyond], " AND "), Prisma.sql`ORDER BY ${order} LIMIT ${limit + 1}`);
  // a first page that is the only one has counted itself
  const count = cursor === undefined && rows.length <= limit ? rows.length : await countRows(tx, table, filters);
  const more = rows.length > limit;
  const items = rows.slice(0, limit);
  if (backwards) {
    items.reverse();
  }
  const page: Browsed<T> = {
    items,
    next: (backwards ? cursor !== undefined : more) ? (items.at(-1)?.id ?? null) : null,
    previous: (backwards ? more : cursor !== undefined) ? (items[0]?.id ?? null) : null,
    total: Math.min(count, TOTAL_MAX),
    capped: count > TOTAL_MAX,
  };
  return page;
}

async function countRows(tx: Tx, table: Prisma.Sql, filters: readonly Prisma.Sql[]): Promise<number> {
  const [counted] = await tx.$queryRaw<Array<{ count: number }>>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM ${table} r WHERE ${Prisma.join([...filters], " AND ")} LIMIT ${TOTAL_MAX + 1}) AS rows`;
  return counted?.count ?? 0;
}

const [LT, LE, GT, GE] = [Prisma.sql`<`, Prisma.sql`<=`, Prisma.sql`>`, Prisma.sql`>=`];
