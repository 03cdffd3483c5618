import type { Caller } from "@/lib/auth/actor";
import type { ProviderType } from "@/lib/channels/providers/define";
import { providerType } from "@/lib/channels/providers/registry";
import { AppError, fieldError, notFound } from "@/lib/core/errors";
import { type Integration, Prisma, type Sender } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { lockInstitution } from "@/lib/services/institution/lock";

export type SenderRow = Sender & { integration: Integration };

export function whereKey(row: { institutionId: string; id: string }) {
  return { institutionId_id: { institutionId: row.institutionId, id: row.id } };
}

/** One sender with the account that it stands on; unknown and foreign look the same. */
export async function findSender(tx: Tx, { institutionId }: Pick<Caller, "institutionId">, senderId: string): Promise<SenderRow> {
  const row = await tx.sender.findFirst({ where: { institutionId, id: senderId }, include: { integration: true } });
  if (!row) {
    throw notFound();
  }
  return row;
}

/**
 * The same, locked. Every verb locks in one order: institution, integration, message, senders by their id, challenge; the
 * worker, which has a message before it looks at its sender, keeps to it too.
 * `siblings`: with every other sender on the same integration, for a change that concerns them all.
 * `whole`: to delete it, with all that is not done of its messages.
 */
export async function lockSender(
  tx: Tx,
  actor: Pick<Caller, "institutionId">,
  senderId: string,
  { siblings = false, whole = false }: { siblings?: boolean; whole?: boolean } = {},
): Promise<SenderRow> {
  const { institutionId } = actor;
  if (siblings) {
    await tx.$queryRaw`
      SELECT i.id FROM integration i JOIN sender s ON s.institution_id = i.institution_id AND s.integration_id = i.id
       WHERE s.institution_id = ${institutionId}::uuid AND s.id = ${senderId}::uuid FOR NO KEY UPDATE OF i`;
  }
  const which = siblings
    ? Prisma.sql`IN (SELECT o.id FROM sender o JOIN sender t ON t.institution_id = o.institution_id AND t.integration_id = o.integration_id
                      WHERE t.institution_id = ${institutionId}::uuid AND t.id = ${senderId}::uuid)`
    : Prisma.sql`= ${senderId}::uuid`;
  // the messages that a change of these senders may call off
  await tx.$queryRaw`
    SELECT m.id FROM sender_verification v JOIN message m ON m.institution_id = v.institution_id AND m.id = v.message_id
     WHERE v.institution_id = ${institutionId}::uuid AND v.sender_id ${which} AND v.consumed_at IS NULL AND v.voided_at IS NULL
     ORDER BY m.id FOR NO KEY UPDATE OF m`;
  if (whole) {
    await tx.$queryRaw`
      SELECT id FROM message WHERE institution_id = ${institutionId}::uuid AND sender_id = ${senderId}::uuid AND state IN ('queued', 'sending')
       ORDER BY id FOR NO KEY UPDATE`;
    await tx.$queryRaw`SELECT id FROM sender WHERE institution_id = ${institutionId}::uuid AND id ${which} ORDER BY id FOR UPDATE`;
  } else {
    await tx.$queryRaw`SELECT id FROM sender WHERE institution_id = ${institutionId}::uuid AND id ${which} ORDER BY id FOR NO KEY UPDATE`;
  }
  return findSender(tx, actor, senderId);
}

/** For whoever adds a sender: locks the institution, and refuses one too many (R34). Sent together, and counted once it is locked. */
export async function lockRoom(tx: Tx, institutionId: string): Promise<void> {
  await Promise.all([lockInstitution(tx, institutionId), refuseTooMany(tx, institutionId)]);
}

/** R34, after the institution's row is locked. A number that is being bought will have its sender. */
export async function refuseTooMany(tx: Tx, institutionId: string): Promise<void> {
  const max = env().limits.sendersPerInstitution;
  // one statement: between two of them a number could stop being the one and not yet be the other
  const [row] = await tx.$queryRaw<Array<{ count: number }>>`
    SELECT ((SELECT count(*) FROM sender WHERE institution_id = ${institutionId}::uuid)
          + (SELECT count(*) FROM phone_number WHERE institution_id = ${institutionId}::uuid AND state <> 'active'))::int AS count`;
  if (!row || row.count >= max) {
    throw new AppError("limit_exceeded", { reason: "senderLimit", params: { max } });
  }
}

/** A provider that may be used here and now. */
export function requireAvailable(id: string): ProviderType {
  const type = providerType(id);
  if (!type?.available(env().reach)) {
    throw fieldError("provider", "invalid");
  }
  return type;
}

/** The provider of the account that somebody chose; of many it is only kept who they are. */
export function requireDelivering(id: string): ProviderType {
  const type = providerType(id);
  if (!type) {
    throw fieldError("integrationId", "integration_not_delivering");
  }
  return type;
}

/** The provider of a row that is about to be acted upon. */
export function requireProvider(id: string): ProviderType {
  const type = providerType(id);
  if (!type) {
    throw new AppError("precondition_failed", { reason: "unknownProvider" });
  }
  return type;
}
