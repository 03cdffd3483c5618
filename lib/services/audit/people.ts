import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";

const AuditPeopleInput = z.strictObject({ chosen: z.string().refine(isId).optional() });

/** More than this nobody looks through in a menu; anybody else is reached by their name in a line of the log. */
const SHOWN = 200;

/** Whom the log can be narrowed down to: the members, and whoever is chosen now, even when they have left. */
export async function listAuditPeople(ctx: Context, raw: unknown): Promise<Array<{ id: string; name: string | null }>> {
  const { institutionId } = requirePermission(ctx, "audit:read");
  const { chosen = null } = parseInput(AuditPeopleInput, raw);
  return inInstitution(
    institutionId,
    (tx) => tx.$queryRaw<Array<{ id: string; name: string | null }>>`
      (SELECT u.id, u.name FROM membership m JOIN "user" u ON u.id = m.user_id
        WHERE m.institution_id = ${institutionId}::uuid ORDER BY lower(u.name), u.id LIMIT ${SHOWN})
      UNION
      (SELECT a.actor_id, u.name FROM audit_event a LEFT JOIN "user" u ON u.id = a.actor_id AND u.deleted_at IS NULL
        WHERE a.institution_id = ${institutionId}::uuid AND a.actor_id = ${chosen}::uuid LIMIT 1)
      ORDER BY name, id`,
  );
}
