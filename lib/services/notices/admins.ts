import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/db/unit-of-work";

export interface Admin {
  subscriberId: string;
  /** The one that they sign in with. */
  email: string;
  locale: string;
  institutionName: string;
}

/** Every owner and admin of an institution, as what concerns it is told to them. */
export function adminsOf(tx: Tx, institutionId: string): Promise<Admin[]> {
  return tx.$queryRaw<Admin[]>`
    SELECT m.subscriber_id AS "subscriberId", u.email, coalesce(s.locale, u.locale, i.default_locale) AS locale,
           i.name AS "institutionName"
      FROM membership m
      JOIN institution i ON i.id = m.institution_id
      JOIN subscriber s ON s.institution_id = m.institution_id AND s.id = m.subscriber_id
      JOIN "user" u ON u.id = m.user_id AND u.deleted_at IS NULL
     WHERE m.institution_id = ${institutionId}::uuid AND m.role IN ('owner', 'admin')
     ORDER BY m.id`;
}

/** A line in the inbox of each. */
export async function writeToInboxes(
  tx: Tx,
  institutionId: string,
  admins: readonly Admin[],
  line: { kind: string; data: Record<string, string> },
): Promise<void> {
  const data = admins.map(({ subscriberId }) => ({ institutionId, id: newId(), subscriberId, ...line }));
  await tx.inboxItem.createMany({ data });
}
