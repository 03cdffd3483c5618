import { instant, uuid } from "@/lib/core/page";
import { Prisma } from "@/lib/db/generated/client";

type Key = ReadonlyArray<string | number | boolean | null>;

/** Rows of `r` by when they were made, and where a page of them begins. */
export function newestFirst(cursor: Key | null, backwards: boolean): { beyond: Prisma.Sql[]; order: Prisma.Sql } {
  const key = cursor && Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
  return {
    beyond: key ? [backwards ? Prisma.sql`(r.created_at, r.id) > ${key}` : Prisma.sql`(r.created_at, r.id) < ${key}`] : [],
    order: backwards ? Prisma.sql`r.created_at, r.id` : Prisma.sql`r.created_at DESC, r.id DESC`,
  };
}
