import { decodeCursor, instant, uuid } from "@/lib/core/page";
import { Prisma } from "@/lib/db/generated/client";

interface Asked {
  after?: string | undefined;
  before?: string | undefined;
}

/** The keyset of a list whose newest rows come first, over `created_at` and `id` of the table that goes by `alias`. */
export function newestFirst(alias: string, { after, before }: Asked) {
  const [at, id] = [Prisma.raw(`${alias}.created_at`), Prisma.raw(`${alias}.id`)];
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, 2);
  const key = cursor && Prisma.sql`(${instant(cursor[0])}::timestamptz, ${uuid(cursor[1])}::uuid)`;
  return {
    backwards,
    hasCursor: cursor !== null,
    beyond: key ? [backwards ? Prisma.sql`(${at}, ${id}) > ${key}` : Prisma.sql`(${at}, ${id}) < ${key}`] : [],
    order: backwards ? Prisma.sql`${at}, ${id}` : Prisma.sql`${at} DESC, ${id} DESC`,
    keyOf: (row: { createdAt: Date; id: string }) => [row.createdAt.toISOString(), row.id],
  };
}
