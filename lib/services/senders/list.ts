import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pageInput, searchText, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { keyset, newest, type Order } from "@/lib/services/keyset";
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
  const { limit } = input;
  const { beyond, order, ...paged } = keyset(ORDERS[input.sort], input);
  const where = [Prisma.sql`s.institution_id = ${institutionId}::uuid`, ...filters(input), ...beyond];
  const rows = await onceInInstitution(institutionId, (tx) => readSenders(tx, Prisma.join(where, " AND "), order, limit + 1));
  const page = toPage(rows, { limit, ...paged });
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

const ORDERS: Record<(typeof SENDER_SORTS)[number], Order<SenderRecord>> = {
  newest: newest("s"),
  name: {
    desc: false,
    columns: [
      ["lower(s.name)", "text"],
      ["s.id", "uuid"],
    ],
    keyOf: (row) => [row.sortName, row.id],
  },
};
