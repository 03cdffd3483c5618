import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { peopleOf, type SenderDetailDto, toSenderDetailDto } from "@/lib/services/senders/dto";
import { SenderRef } from "@/lib/services/senders/fields";
import { namesOf, readSenders } from "@/lib/services/senders/records";

/** One sender with its settings; of each secret when it was set and by whom, never what it is. */
export async function getSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  const { senderId } = parseInput(SenderRef, raw);
  return inInstitution(institutionId, (tx) => showSender(tx, institutionId, senderId));
}

/** What every verb answers with that changed a sender. */
export async function showSender(tx: Tx, institutionId: string, senderId: string): Promise<SenderDetailDto> {
  const where = Prisma.sql`s.institution_id = ${institutionId}::uuid AND s.id = ${senderId}::uuid`;
  const [row] = await readSenders(tx, where, Prisma.sql`s.id`, 1);
  if (!row) {
    throw notFound();
  }
  return toSenderDetailDto(row, await namesOf(tx, peopleOf(row)));
}
