import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";

export const InboxItemRef = z.strictObject({ itemId: z.string().refine(isId, { params: { reason: "invalid" } }) });

/** Marks one line of one's own inbox as read; a second time changes nothing. */
export async function markRead(ctx: Context, raw: unknown): Promise<void> {
  const actor = requirePerson(ctx, "inbox:own");
  const { itemId } = parseInput(InboxItemRef, raw);
  const found = await inInstitution(
    actor.institutionId,
    (tx) => tx.$executeRaw`
      UPDATE inbox_item SET read_at = coalesce(read_at, now())
       WHERE institution_id = ${actor.institutionId}::uuid AND subscriber_id = ${actor.subscriberId}::uuid AND id = ${itemId}::uuid`,
  );
  if (found === 0) {
    throw notFound();
  }
}
