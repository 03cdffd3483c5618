import type { AccountActor, Actor, SignedInMember } from "@/lib/auth/actor";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { readSessionToken } from "@/lib/auth/session-token";
import { prisma } from "@/lib/db/client";

export interface Preferences {
  locale: string | null;
  theme: string;
}

export interface Authenticated {
  actor: Actor;
  /** What the signed-in person chose; null for everybody else. */
  preferences: Preferences | null;
}

interface SessionRow {
  user_id: string;
  name: string;
  email: string;
  locale: string | null;
  theme: string;
  institution_id: string | null;
  role: string | null;
  subscriber_id: string | null;
}

/** Who a session cookie is. One indexed query; a revoked session is nobody on its next request. */
export async function authenticate(sessionCookie: string | undefined): Promise<Authenticated> {
  const sessionId = await readSessionToken(sessionCookie);
  if (!sessionId) {
    return { actor: { type: "anonymous" }, preferences: null };
  }
  const [row] = await prisma().$queryRaw<SessionRow[]>`SELECT * FROM session_actor(${sessionId}::uuid)`;
  if (!row) {
    return { actor: { type: "anonymous" }, preferences: null };
  }
  return { actor: toActor(row, sessionId), preferences: { locale: row.locale, theme: row.theme } };
}

function toActor(row: SessionRow, sessionId: string): SignedInMember | AccountActor {
  const person = { userId: row.user_id, sessionId, name: row.name, email: row.email };
  if (!row.institution_id || !row.subscriber_id || !isRole(row.role)) {
    return { type: "account", ...person };
  }
  return { type: "member", ...person, institutionId: row.institution_id, role: row.role, subscriberId: row.subscriber_id };
}

function isRole(value: string | null): value is Role {
  return (ROLES as readonly (string | null)[]).includes(value);
}
