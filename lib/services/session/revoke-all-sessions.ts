import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { enterInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";

const RevokeAllSessions = z.strictObject({ keepCurrent: z.boolean().default(false) });

/** Signs the person out everywhere, or everywhere else. Returns how many sessions ended. */
export async function revokeAllSessions(ctx: Context, input: unknown): Promise<number> {
  const actor = requireUser(ctx);
  const { keepCurrent } = parseInput(RevokeAllSessions, input);
  return outsideInstitutions(async (tx) => {
    const { count } = await tx.session.deleteMany({
      where: { userId: actor.userId, ...(keepCurrent ? { id: { not: actor.sessionId } } : {}) },
    });
    if (actor.type === "member") {
      await enterInstitution(tx, actor.institutionId);
      const object = { type: "user", id: actor.userId };
      await audit(tx, actor.institutionId, ctx, { action: "session.revoked", object, after: { sessions: count } });
    }
    return count;
  });
}
