import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { instant } from "@/lib/core/page";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";

/** `until`: the moment at which the list was read, so that a line nobody has seen yet stays unread. */
export const MarkAllReadInput = z.strictObject({ until: z.iso.datetime().transform(instant).optional() });

export async function markAllRead(ctx: Context, raw: unknown): Promise<{ count: number }> {
  const actor = requirePerson(ctx, "inbox:own");
  const { until } = parseInput(MarkAllReadInput, raw);
  const count = await inInstitution(
    actor.institutionId,
    (tx) => tx.$executeRaw`
      UPDATE inbox_item SET read_at = now()
       WHERE institution_id = ${actor.institutionId}::uuid AND subscriber_id = ${actor.subscriberId}::uuid AND unread
         AND created_at <= coalesce(${until ?? null}::timestamptz, now())`,
  );
  return { count };
}
