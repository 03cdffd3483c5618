import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { type BoundSenderDto, readBoundSenders } from "@/lib/services/senders/bound-dto";
import { SenderRef } from "@/lib/services/senders/fields";

/** One mail or text sender, by what it is bound to. */
export async function getBoundSender(ctx: Context, raw: unknown): Promise<BoundSenderDto> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const { senderId } = parseInput(SenderRef, raw);
  return inInstitution(institutionId, (tx) => showBoundSender(tx, institutionId, senderId));
}

export async function showBoundSender(tx: Tx, institutionId: string, senderId: string): Promise<BoundSenderDto> {
  const where = Prisma.sql`s.institution_id = ${institutionId}::uuid AND s.id = ${senderId}::uuid`;
  const [sender] = await readBoundSenders(tx, where, Prisma.sql`s.id`, 1);
  if (!sender) {
    throw notFound();
  }
  return sender;
}
