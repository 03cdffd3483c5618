import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { may, requirePermission } from "@/lib/auth/permissions";
import { type ContactPointType, fieldMeta } from "@/lib/channels/define";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError, fieldError } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { singleLineText } from "@/lib/core/safe-text";
import { type ContactPoint, Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { maskLabel } from "@/lib/services/contact-points/mask-label";

export const idSchema = z.string().refine(isId, { params: { reason: "invalid" } });
/** R38: label ≤ 100. */
export const labelSchema = singleLineText({ max: 100 });
const NOBODY = "00000000-0000-0000-0000-000000000000";
export const ContactPointRef = z.strictObject({ contactPointId: idSchema });

/** A whole row, as Prisma's model names its columns. */
export const CONTACT_POINT_ROW = Prisma.sql`
  institution_id AS "institutionId", id, subscriber_id AS "subscriberId", type, label, config, config_version AS "configVersion",
  address, address_version AS "addressVersion", pending_config AS "pendingConfig", pending_address AS "pendingAddress",
  pending_address_version AS "pendingAddressVersion", last_address_version AS "lastAddressVersion", verified_at AS "verifiedAt",
  enabled, paused_until AS "pausedUntil", undeliverable_at AS "undeliverableAt", undeliverable_reason AS "undeliverableReason",
  failed_attempts AS "failedAttempts", locked_at AS "lockedAt", send_step AS "sendStep", next_send_at AS "nextSendAt",
  created_at AS "createdAt", updated_at AS "updatedAt", deleted_at AS "deletedAt"`;

/** The rows that an actor may touch: their own, or the whole institution's for its admins. */
export function reachableBy(actor: Caller): Prisma.ContactPointWhereInput {
  const where = { institutionId: actor.institutionId, deletedAt: null };
  return may(actor, "contact_point:any") ? where : { ...where, subscriberId: actor.subscriberId ?? NOBODY };
}

/** Whose contact points: the actor's own unless an admin names another subscriber. */
export function subscriberFor(ctx: Context, subscriberId: string | undefined): { actor: Caller; subscriberId: string } {
  const own = requirePermission(ctx, "contact_point:own");
  const named = subscriberId ?? own.subscriberId;
  if (named === null) {
    throw fieldError("subscriberId", "required");
  }
  if (named === own.subscriberId) {
    return { actor: own, subscriberId: named };
  }
  return { actor: requirePermission(ctx, "contact_point:any"), subscriberId: named };
}

/**
 * Locks and returns one contact point that the actor may touch; unknown and foreign look the same. Every verb locks
 * in one order, contact point, challenge, message, and leaves its key free for rows that refer to it.
 */
export async function lockContactPoint(tx: Tx, actor: Caller, contactPointId: string): Promise<ContactPoint> {
  const [row] = await tx.$queryRaw<ContactPoint[]>`
    SELECT ${CONTACT_POINT_ROW} FROM contact_point
     WHERE institution_id = ${actor.institutionId}::uuid AND id = ${contactPointId}::uuid AND deleted_at IS NULL
       AND (${may(actor, "contact_point:any")} OR subscriber_id = ${actor.subscriberId}::uuid) FOR NO KEY UPDATE`;
  if (!row) {
    throw await missing(tx, actor, contactPointId);
  }
  return row;
}

export async function findContactPoint(tx: Tx, actor: Caller, contactPointId: string): Promise<ContactPoint> {
  const row = await tx.contactPoint.findFirst({ where: { ...reachableBy(actor), id: contactPointId } });
  if (!row) {
    throw await missing(tx, actor, contactPointId);
  }
  return row;
}

/** To whoever asked, another person's looks like none; the audit trail tells them apart (R66). */
async function missing(tx: Tx, actor: Caller, contactPointId: string): Promise<AppError> {
  const there = await tx.contactPoint.count({ where: { institutionId: actor.institutionId, id: contactPointId, deletedAt: null } });
  return new AppError("not_found", { foreign: there > 0 });
}

export function whereKey(row: { institutionId: string; id: string }) {
  return { institutionId_id: { institutionId: row.institutionId, id: row.id } };
}

/** The type's own schema, with its errors at `config.<field>`. */
export function parseConfig(type: ContactPointType, config: unknown): Record<string, unknown> {
  return parseInput(z.object({ config: type.config }), { config: config ?? {} }).config;
}

/** Where the unique index of addresses refuses: the field that holds the address. */
export function addressTaken(type: ContactPointType): AppError {
  const [name] = Object.keys(type.config.shape);
  return name === undefined
    ? new AppError("conflict", { reason: "addressTaken" })
    : new AppError("conflict", { reason: "addressTaken", fields: [{ path: `config.${name}`, code: "address_taken" }] });
}

/** Splits what a type's form asked for: secrets never stand in the plain column. */
export function plainConfig(type: ContactPointType, config: Record<string, unknown>): Prisma.InputJsonObject {
  const plain: Record<string, Prisma.InputJsonValue> = {};
  for (const [name, schema] of Object.entries(type.config.shape)) {
    const value = config[name];
    if (value !== undefined && value !== null && !fieldMeta.get(schema as z.ZodType)?.secret) {
      plain[name] = value as Prisma.InputJsonValue;
    }
  }
  return plain;
}

/** The masked snapshot for audit rows (R66): nothing in it says more than a list may show. */
export function snapshot(
  row: Pick<ContactPoint, "type" | "label" | "address" | "enabled" | "verifiedAt" | "pausedUntil">,
): Prisma.InputJsonObject {
  return {
    type: row.type,
    label: maskLabel(row),
    address: requireContactPointType(row.type).mask(row.address),
    enabled: row.enabled,
    verified: row.verifiedAt !== null,
    pausedUntil: row.pausedUntil?.toISOString() ?? null,
  };
}
