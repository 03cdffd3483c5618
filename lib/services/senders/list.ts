import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { decodeCursor, instant, pageInput, plain, searchText, toPage, uuid } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { SENDER_STATES, SENDER_TYPES, type SenderDto, toSenderDto } from "@/lib/services/senders/dto";
import { idSchema } from "@/lib/services/senders/fields";
import { readSenders, type SenderRecord } from "@/lib/services/senders/records";

export const SENDER_SORTS = ["newest", "name"] as const;

export const ListSendersInput = z.strictObject({
  ...pageInput,
  q: searchText.optional(),
  type: z.enum(SENDER_TYPES).optional(),
  state: z.enum(SENDER_STATES).optional(),
  integrationId: idSchema.optional(),
  sort: z.enum(SENDER_SORTS).default("newest"),
});

/** One page of an institution's senders. */
export async function listSenders(ctx: Context, raw: unknown): Promise<Page<SenderDto>> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const input = parseInput(ListSendersInput, raw);
  const backwards = input.before !== undefined;
  const order = ORDERS[input.sort];
  const cursor = decodeCursor(input.before ?? input.after, 2);
  const where = [
    Prisma.sql`s.institution_id = ${institutionId}::uuid`,
    ...filters(input),
    ...(cursor ? [order.beyond(cursor, backwards)] : []),
  ];
  const rows = await inInstitution(institutionId, (tx) =>
    readSenders(tx, Prisma.join(where, " AND "), order.by(backwards), input.limit + 1),
  );
  const page = toPage(rows, { limit: input.limit, backwards, hasCursor: cursor !== null, keyOf: order.keyOf });
  return { ...page, items: page.items.map(toSenderDto) };
}

function filters({ q, type, state, integrationId }: z.output<typeof ListSendersInput>): Prisma.Sql[] {
  const searched = Prisma.sql`lower(concat_ws(' ', s.name, s.remark, s.host, s.from_address, s.from_name, s.from_number, i.name, i.config ->> 'host'))`;
  return [
    ...(q ? [Prisma.sql`position(lower(${q}) IN ${searched}) > 0`] : []),
    ...(type ? [Prisma.sql`s.type = ${type}`] : []),
    ...(state ? [Prisma.sql`s.state = ${state}`] : []),
    ...(integrationId ? [Prisma.sql`s.integration_id = ${integrationId}::uuid`] : []),
  ];
}

interface Order {
  by: (backwards: boolean) => Prisma.Sql;
  beyond: (key: ReadonlyArray<string | number | boolean | null>, backwards: boolean) => Prisma.Sql;
  keyOf: (row: SenderRecord) => string[];
}

const ORDERS: Record<(typeof SENDER_SORTS)[number], Order> = {
  newest: {
    by: (backwards) => (backwards ? Prisma.sql`s.created_at ASC, s.id ASC` : Prisma.sql`s.created_at DESC, s.id DESC`),
    beyond: ([at, id], backwards) =>
      backwards
        ? Prisma.sql`(s.created_at, s.id) > (${instant(at)}::timestamptz, ${uuid(id)}::uuid)`
        : Prisma.sql`(s.created_at, s.id) < (${instant(at)}::timestamptz, ${uuid(id)}::uuid)`,
    keyOf: (row) => [row.createdAt.toISOString(), row.id],
  },
  name: {
    by: (backwards) => (backwards ? Prisma.sql`lower(s.name) DESC, s.id DESC` : Prisma.sql`lower(s.name) ASC, s.id ASC`),
    beyond: ([name, id], backwards) =>
      backwards
        ? Prisma.sql`(lower(s.name), s.id) < (${plain(name)}, ${uuid(id)}::uuid)`
        : Prisma.sql`(lower(s.name), s.id) > (${plain(name)}, ${uuid(id)}::uuid)`,
    keyOf: (row) => [row.sortName, row.id],
  },
};
