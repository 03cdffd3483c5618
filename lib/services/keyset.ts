import { decodeCursor, instant, plain, uuid } from "@/lib/core/page";
import { Prisma } from "@/lib/db/generated/client";

const PARTS = {
  instant: (part: unknown) => Prisma.sql`${instant(part)}::timestamptz`,
  uuid: (part: unknown) => Prisma.sql`${uuid(part)}::uuid`,
  text: (part: unknown) => Prisma.sql`${plain(part)}`,
  boolean: (part: unknown) => Prisma.sql`${Boolean(part)}`,
};

/** An order of a list whose columns all go in one direction, together unique. An index has them in this order. */
export interface Order<Row> {
  desc: boolean;
  /** The SQL of each column, and what it holds. */
  columns: ReadonlyArray<readonly [sql: string, holds: keyof typeof PARTS]>;
  keyOf: (row: Row) => Array<string | boolean>;
}

export interface Asked {
  after?: string | undefined;
  before?: string | undefined;
}

/** Where a page of a list begins, in which direction it is read, and what `toPage` makes its cursors of. */
export function keyset<Row>({ desc, columns, keyOf }: Order<Row>, { after, before }: Asked) {
  const backwards = before !== undefined;
  const cursor = decodeCursor(before ?? after, columns.length);
  const names = columns.map(([sql]) => Prisma.raw(sql));
  const down = desc !== backwards;
  const key = cursor && Prisma.join(columns.map(([, holds], at) => PARTS[holds](cursor[at])));
  return {
    backwards,
    hasCursor: cursor !== null,
    keyOf,
    beyond: key ? [Prisma.sql`(${Prisma.join(names)}) ${Prisma.raw(down ? "<" : ">")} (${key})`] : [],
    order: Prisma.join(names.map((name) => (down ? Prisma.sql`${name} DESC` : name))),
  };
}

/** Rows of `alias` by when they were made, the newest first. */
export function newest(alias: string): Order<{ createdAt: Date | string; id: string }> {
  return {
    desc: true,
    columns: [
      [`${alias}.created_at`, "instant"],
      [`${alias}.id`, "uuid"],
    ],
    keyOf: ({ createdAt, id }) => [typeof createdAt === "string" ? createdAt : createdAt.toISOString(), id],
  };
}
