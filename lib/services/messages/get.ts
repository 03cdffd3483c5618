import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { may, requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { idSchema } from "@/lib/services/contact-points/internal";
import { MESSAGE_COLUMNS, type MessageDto, type MessageRow, toMessageDto } from "@/lib/services/messages/dto";

const GetMessageInput = z.strictObject({ messageId: idSchema });

/** One message: one's own, or any of the institution for its admins. */
export async function getMessage(ctx: Context, raw: unknown): Promise<MessageDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { messageId } = parseInput(GetMessageInput, raw);
  const anybodys = may(actor, "contact_point:any");
  const [row] = await inInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<MessageRow[]>`
      SELECT ${MESSAGE_COLUMNS} FROM message
       WHERE institution_id = ${actor.institutionId}::uuid AND id = ${messageId}::uuid
         AND (${anybodys} OR subscriber_id = ${actor.subscriberId}::uuid)`,
  );
  if (!row) {
    throw notFound();
  }
  return toMessageDto(row);
}
