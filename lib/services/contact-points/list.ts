import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { pageInput, searchText, toPage } from "@/lib/core/page";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { idSchema, subscriberFor } from "@/lib/services/contact-points/internal";
import { keyset, newest, type Order } from "@/lib/services/keyset";

export const CONTACT_POINT_STATES = ["needs_action", "on", "off", "paused", "unverified"] as const;
export const CONTACT_POINT_SORTS = ["attention", "newest", "label"] as const;

export const ListContactPointsInput = z.strictObject({
  ...pageInput,
  subscriberId: idSchema.optional(),
  q: searchText.optional(),
  type: z
    .string()
    .regex(/^\w{1,64}$/)
    .optional(),
  state: z.enum(CONTACT_POINT_STATES).optional(),
  sort: z.enum(CONTACT_POINT_SORTS).default("attention"),
});

type Sort = (typeof CONTACT_POINT_SORTS)[number];
type Row = Parameters<typeof toContactPointDto>[0] & { needsAction: boolean; sortLabel: string };

/** One page of a subscriber's contact points. What needs action stands first unless another order is asked for. */
export async function listContactPoints(ctx: Context, raw: unknown): Promise<Page<ContactPointDto>> {
  const input = parseInput(ListContactPointsInput, raw);
  const { actor, subscriberId } = subscriberFor(ctx, input.subscriberId);
  const { beyond, order, ...paged } = keyset(ORDERS[input.sort], input);
  const where = [
    Prisma.sql`institution_id = ${actor.institutionId}::uuid AND subscriber_id = ${subscriberId}::uuid AND deleted_at IS NULL`,
    ...filters(input, subscriberId === actor.subscriberId),
    ...beyond,
  ];
  const rows = await onceInInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<Row[]>`
      SELECT ${COLUMNS} FROM contact_point WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${input.limit + 1}`,
  );
  const page = toPage(rows, { limit: input.limit, ...paged });
  return { ...page, items: page.items.map((row) => toContactPointDto(row, actor)) };
}

const COLUMNS = Prisma.sql`
  institution_id AS "institutionId", id, subscriber_id AS "subscriberId", type, label, lower(label) AS "sortLabel",
  config_version AS "configVersion", address, address_version AS "addressVersion", pending_address AS "pendingAddress",
  pending_address_version AS "pendingAddressVersion", last_address_version AS "lastAddressVersion", verified_at AS "verifiedAt",
  enabled, paused_until AS "pausedUntil", undeliverable_at AS "undeliverableAt", undeliverable_reason AS "undeliverableReason",
  failed_attempts AS "failedAttempts", locked_at AS "lockedAt", send_step AS "sendStep", next_send_at AS "nextSendAt",
  created_at AS "createdAt", updated_at AS "updatedAt", deleted_at AS "deletedAt", needs_action AS "needsAction"`;

function filters(input: z.output<typeof ListContactPointsInput>, own: boolean): Prisma.Sql[] {
  const sql: Prisma.Sql[] = [];
  if (input.q) {
    // whoever sees an address masked must not find it letter by letter either
    const searched = own ? Prisma.sql`label || ' ' || address` : Prisma.sql`label`;
    sql.push(Prisma.sql`position(lower(${input.q}) IN lower(${searched})) > 0`);
  }
  if (input.type) {
    sql.push(Prisma.sql`type = ${input.type}`);
  }
  switch (input.state) {
    case "needs_action":
      sql.push(Prisma.sql`needs_action`);
      break;
    case "paused":
      sql.push(Prisma.sql`paused_until > now()`);
      break;
    case "on":
      sql.push(Prisma.sql`standing = 'on' AND (paused_until IS NULL OR paused_until <= now())`);
      break;
    case "off":
      sql.push(Prisma.sql`NOT enabled`);
      break;
    case "unverified":
      sql.push(Prisma.sql`standing = 'unverified'`);
      break;
    case undefined:
      break;
  }
  return sql;
}

const ORDERS: Record<Sort, Order<Row>> = {
  attention: {
    desc: true,
    columns: [
      ["needs_action", "boolean"],
      ["created_at", "instant"],
      ["id", "uuid"],
    ],
    keyOf: (row) => [row.needsAction, row.createdAt.toISOString(), row.id],
  },
  newest: newest("contact_point"),
  label: {
    desc: false,
    columns: [
      ["lower(label)", "text"],
      ["id", "uuid"],
    ],
    keyOf: (row) => [row.sortLabel, row.id],
  },
};
