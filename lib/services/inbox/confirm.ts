import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { InboxItemRef, markRead } from "@/lib/services/inbox/mark-read";
import { verificationFailed } from "@/lib/services/verifications/attempt";
import { confirmInApp } from "@/lib/services/verifications/confirm-in-app";

/** The confirm button of one line: proves the contact point that this line is about, and marks the line as read. */
export async function confirmFromInbox(ctx: Context, raw: unknown): Promise<void> {
  const actor = requirePerson(ctx, "inbox:own");
  const { itemId } = parseInput(InboxItemRef, raw);
  const [item] = await inInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<Array<{ contactPointId: string | null }>>`
      SELECT v.contact_point_id AS "contactPointId" FROM inbox_item b
        LEFT JOIN verification v ON v.institution_id = b.institution_id AND v.id = b.verification_id
             AND v.consumed_at IS NULL AND v.voided_at IS NULL
       WHERE b.institution_id = ${actor.institutionId}::uuid AND b.subscriber_id = ${actor.subscriberId}::uuid AND b.id = ${itemId}::uuid`,
  );
  if (!item) {
    throw notFound();
  }
  if (item.contactPointId === null) {
    throw verificationFailed();
  }
  await confirmInApp(ctx, { contactPointId: item.contactPointId });
  await markRead(ctx, { itemId });
}
