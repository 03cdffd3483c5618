import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { enterInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";

const RevokeSession = z.strictObject({ sessionId: z.string() });

/** Signs one of the person's own browsers out, on its next request. */
export async function revokeSession(ctx: Context, input: unknown): Promise<void> {
  const actor = requireUser(ctx);
  const { sessionId } = parseInput(RevokeSession, input);
  await outsideInstitutions(async (tx) => {
    const ended = isId(sessionId) ? await tx.session.deleteMany({ where: { id: sessionId, userId: actor.userId } }) : { count: 0 };
    if (ended.count === 0) {
      throw notFound();
    }
    if (actor.type === "member") {
      await enterInstitution(tx, actor.institutionId);
      await audit(tx, actor.institutionId, ctx, { action: "session.revoked", object: { type: "session", id: sessionId } });
    }
  });
}
