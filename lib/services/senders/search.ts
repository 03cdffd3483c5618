import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { fieldError } from "@/lib/core/errors";
import { searchText } from "@/lib/core/page";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { peopleOf, SENDER_STATES, type SenderDetailDto, toSenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema, providerId } from "@/lib/services/senders/fields";
import { namesOf, readSenders } from "@/lib/services/senders/records";

const SIZE_MAX = 100;
/** What stands before a page is read to be passed over. */
const OFFSET_MAX = 100_000;

const SearchSendersInput = z.strictObject({
  page: z.number().int().min(0).default(0),
  /** More than there can be in a page is taken as a full one. */
  size: z
    .number()
    .int()
    .min(1)
    .transform((size) => Math.min(size, SIZE_MAX))
    .default(20),
  sort: z
    .array(z.strictObject({ by: z.enum(["createdAt", "updatedAt", "name", "state"]), descending: z.boolean() }))
    .max(4)
    .default([]),
  senderId: idSchema.optional(),
  /** A part of the name. */
  name: searchText.optional(),
  type: z.enum(["email", "sms"]).optional(),
  provider: providerId.optional(),
  states: z.array(z.enum(SENDER_STATES)).optional(),
});

type Input = z.output<typeof SearchSendersInput>;

export interface SenderSearch {
  items: SenderDetailDto[];
  total: number;
  page: number;
  size: number;
}

/** A numbered page of senders with their settings, and how many there are; for APIs that number their pages. */
export async function searchSenders(ctx: Context, raw: unknown): Promise<SenderSearch> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const input = parseInput(SearchSendersInput, raw);
  const { page, size } = input;
  if (page * size > OFFSET_MAX) {
    throw fieldError("page", "too_big", { max: Math.floor(OFFSET_MAX / size) });
  }
  const where = Prisma.join([Prisma.sql`s.institution_id = ${institutionId}::uuid`, ...filters(institutionId, input)], " AND ");
  const order = orderOf(input);
  return inInstitution(institutionId, async (tx) => {
    const [[counted], found] = await Promise.all([
      tx.$queryRaw<Array<{ total: number }>>`SELECT count(*)::int AS total FROM sender s WHERE ${where}`,
      // the ids alone: what is passed over costs no more than its place in the index
      tx.$queryRaw<Array<{ id: string }>>`SELECT s.id FROM sender s WHERE ${where} ORDER BY ${order} LIMIT ${size} OFFSET ${page * size}`,
    ]);
    const ids = found.map(({ id }) => id);
    const these = Prisma.sql`s.institution_id = ${institutionId}::uuid AND s.id = ANY(${ids}::uuid[])`;
    const rows = ids.length === 0 ? [] : await readSenders(tx, these, order, size);
    const names = await namesOf(tx, [...new Set(rows.flatMap(peopleOf))]);
    return { items: rows.map((row) => toSenderDetailDto(row, names)), total: counted?.total ?? 0, page, size };
  });
}

function filters(institutionId: string, { senderId, name, type, provider, states }: Input): Prisma.Sql[] {
  return [
    ...(senderId ? [Prisma.sql`s.id = ${senderId}::uuid`] : []),
    ...(name ? [Prisma.sql`position(lower(${name}) IN lower(s.name)) > 0`] : []),
    ...(type ? [Prisma.sql`s.type = ${type}`] : []),
    ...(states ? [Prisma.sql`s.state = ANY(${states})`] : []),
    ...(provider
      ? [
          Prisma.sql`s.integration_id IN (SELECT i.id FROM integration i WHERE i.institution_id = ${institutionId}::uuid AND i.provider = ${provider})`,
        ]
      : []),
  ];
}

const COLUMN = {
  createdAt: Prisma.sql`s.created_at`,
  updatedAt: Prisma.sql`s.updated_at`,
  name: Prisma.sql`lower(s.name)`,
  state: Prisma.sql`s.state`,
};

/** The id last, in the direction of what stands before it, so that an index can give the order. */
function orderOf({ sort }: Input): Prisma.Sql {
  const wanted = sort.length > 0 ? sort : [{ by: "createdAt" as const, descending: true }];
  const direction = (descending: boolean) => (descending ? Prisma.sql`DESC` : Prisma.sql`ASC`);
  const parts = wanted.map(({ by, descending }) => Prisma.sql`${COLUMN[by]} ${direction(descending)}`);
  return Prisma.join([...parts, Prisma.sql`s.id ${direction(wanted.at(-1)?.descending ?? true)}`], ", ");
}
