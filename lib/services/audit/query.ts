import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { searchText } from "@/lib/core/page";
import { Prisma } from "@/lib/db/generated/client";
import { AUDIT_ACTIONS } from "@/lib/services/audit/actions";
import { AUDIT_OUTCOMES, NAMELESS_ACTORS } from "@/lib/services/audit/outcomes";
import { type Asked, keyset, type Order } from "@/lib/services/keyset";

const day = z.iso.date().refine((date) => date >= "1970-01-01");

/** What the log can be asked for, on the page and in an export alike. Days are those of UTC, both included. */
export const auditFilters = {
  action: z.enum(AUDIT_ACTIONS).optional(),
  actor: z.union([z.enum(NAMELESS_ACTORS), z.string().refine(isId)]).optional(),
  object: searchText.optional(),
  key: z.string().refine(isId).optional(),
  outcome: z.enum(AUDIT_OUTCOMES).optional(),
  from: day.optional(),
  to: day.optional(),
};

const filters = z.object(auditFilters);
export type AuditFilters = z.output<typeof filters>;

interface AuditQuery {
  institutionId: string;
  filters: AuditFilters;
  asked: Asked;
  limit: number;
}

export const NEWEST: Order<{ at: Date; id: string }> = {
  desc: true,
  columns: [
    ["a.at", "instant"],
    ["a.id", "uuid"],
  ],
  keyOf: (row) => [row.at.toISOString(), row.id],
};

/** The newest first. Each filter is served by an index that has the order in it. */
export function auditQuery({ institutionId, filters: wanted, asked, limit }: AuditQuery): Prisma.Sql {
  const { beyond, order } = keyset(NEWEST, asked);
  const where = [Prisma.sql`a.institution_id = ${institutionId}::uuid`, ...conditions(wanted), ...beyond];
  return Prisma.sql`
    SELECT a.id, a.at, a.actor_type AS "actorType", a.actor_id AS "actorId", u.name AS "actorName",
           a.key_id AS "keyId", coalesce(k.name, t.name) AS "keyName", a.action,
           a.object_type AS "objectType", a.object_id AS "objectId", a.subscriber_id AS "subscriberId", a.outcome, a.ip,
           a.client_hash AS "clientHash", a.request_id AS "requestId", a.before, a.after
      FROM audit_event a
      LEFT JOIN "user" u ON u.id = a.actor_id AND u.deleted_at IS NULL
      LEFT JOIN api_key k ON k.institution_id = a.institution_id AND k.id = a.key_id
      LEFT JOIN access_token t ON t.institution_id = a.institution_id AND t.id = a.key_id
     WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${limit}`;
}

// As literals, so that the planner sees that the index of the refusals fits.
const OUTCOME = {
  success: Prisma.sql`a.outcome = 'success'`,
  refused: Prisma.sql`a.outcome = 'refused'`,
  failed: Prisma.sql`a.outcome = 'failed'`,
};

function conditions({ action, actor, object, key, outcome, from, to }: AuditFilters): Prisma.Sql[] {
  return [
    ...(action ? [Prisma.sql`a.action = ${action}`] : []),
    ...(actor ? [isId(actor) ? Prisma.sql`a.actor_id = ${actor}::uuid` : Prisma.sql`a.actor_id IS NULL AND a.actor_type = ${actor}`] : []),
    ...(object ? [Prisma.sql`a.object_id = ${object}`] : []),
    ...(key ? [Prisma.sql`a.key_id = ${key}::uuid`] : []),
    ...(outcome ? [OUTCOME[outcome]] : []),
    ...(from ? [Prisma.sql`a.at >= ${from}::date::timestamp AT TIME ZONE 'UTC'`] : []),
    ...(to ? [Prisma.sql`a.at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`] : []),
  ];
}
