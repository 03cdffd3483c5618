import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { prisma } from "@/lib/db/client";

export interface SessionDto {
  id: string;
  current: boolean;
  userAgent: string | null;
  ip: string | null;
  createdAt: string;
  lastSeenAt: string;
}

const SHOWN = 100;

/** The person's own live sessions: the one that asks first, then by last use. */
export async function listSessions(ctx: Context): Promise<SessionDto[]> {
  const actor = requireUser(ctx);
  const rows = await prisma().$queryRaw<
    Array<{ id: string; userAgent: string | null; ip: string | null; createdAt: Date; lastSeenAt: Date }>
  >`
    SELECT id, user_agent AS "userAgent", ip, created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM session
     WHERE user_id = ${actor.userId}::uuid AND expires_at > now()
     ORDER BY id = ${actor.sessionId}::uuid DESC, last_seen_at DESC, id LIMIT ${SHOWN}`;
  return rows.map((row) => ({
    id: row.id,
    current: row.id === actor.sessionId,
    userAgent: row.userAgent,
    ip: row.ip,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }));
}
