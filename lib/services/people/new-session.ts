import type { Context } from "@/lib/auth/actor";
import { SESSION_TTL_SEC } from "@/lib/auth/session-token";
import type { Tx } from "@/lib/db/unit-of-work";

export interface NewSession {
  id: string;
  userId: string;
  institutionId: string | null;
}

/** Signs a browser in. The session that it held before ends: a browser has one. */
export async function insertSession(tx: Tx, ctx: Context, session: NewSession): Promise<void> {
  const held = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  if (held !== null) {
    await tx.session.deleteMany({ where: { id: held } });
  }
  await tx.$executeRaw`
    INSERT INTO session (id, user_id, institution_id, user_agent, ip, expires_at)
    VALUES (${session.id}::uuid, ${session.userId}::uuid, ${session.institutionId}::uuid, ${ctx.request.userAgent}, ${ctx.request.ip},
            now() + make_interval(secs => ${SESSION_TTL_SEC}))`;
}
