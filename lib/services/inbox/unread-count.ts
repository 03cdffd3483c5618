import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { inInstitution } from "@/lib/db/unit-of-work";

/** Asked for every half minute by every open page: nobody needs to know more than "over a hundred". */
const COUNTED = 100;

export async function unreadCount(ctx: Context): Promise<{ count: number }> {
  const actor = requirePerson(ctx, "inbox:own");
  const [row] = await inInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<Array<{ count: number }>>`
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM inbox_item
         WHERE institution_id = ${actor.institutionId}::uuid AND subscriber_id = ${actor.subscriberId}::uuid AND unread
         LIMIT ${COUNTED}) found`,
  );
  return { count: row?.count ?? 0 };
}
