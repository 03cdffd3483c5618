import { z } from "zod";
import { AppError, notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { redactText } from "@/lib/core/redact";
import { singleLineText } from "@/lib/core/safe-text";
import type { Prisma } from "@/lib/db/generated/client";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import type { Tx } from "@/lib/db/unit-of-work";
import { LOCALES } from "@/lib/i18n/locales";
import { SUBSCRIBER_SELECT, type SubscriberRow } from "@/lib/services/subscribers/dto";

export const subscriberId = z.string().refine(isId, { params: { reason: "invalid" } });
export const SubscriberRef = z.strictObject({ subscriberId });
export const externalIdSchema = singleLineText({ max: 255 });
export const nameSchema = singleLineText({ max: 100 }).nullable();
export const localeSchema = z.enum(LOCALES).nullable();

export async function findSubscriber(tx: Tx, institutionId: string, id: string): Promise<SubscriberRow> {
  const row = await tx.subscriber.findFirst({ where: { institutionId, id }, select: SUBSCRIBER_SELECT });
  if (!row) {
    throw notFound();
  }
  return row;
}

/** Locks and returns one subscriber; unknown and foreign look the same. */
export async function lockSubscriber(tx: Tx, institutionId: string, id: string): Promise<SubscriberRow> {
  await tx.$queryRaw`SELECT id FROM subscriber WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return findSubscriber(tx, institutionId, id);
}

/** A member's subscriber is known by the account's id: whoever took it first would be handed that person's place. */
export async function refuseAccountId(tx: Tx, externalId: string): Promise<void> {
  if (isId(externalId) && (await tx.user.count({ where: { id: externalId } })) > 0) {
    throw externalIdTaken();
  }
}

function externalIdTaken(): AppError {
  return new AppError("conflict", { fields: [{ path: "externalId", code: "external_id_taken" }], reason: "externalIdTaken" });
}

export function takenOr(error: unknown): unknown {
  return violatedConstraint(error) === "subscriber_institution_id_external_id_key" ? externalIdTaken() : error;
}

/** For audit rows. The name is kept out: it would outlive the person's deletion (R68), as would an address used as an id. */
export function snapshot(row: Pick<SubscriberRow, "externalId" | "locale">): Prisma.InputJsonObject {
  return { externalId: redactText(row.externalId), locale: row.locale };
}
