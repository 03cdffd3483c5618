import type { Role } from "@/lib/auth/permissions";

/** A signed-in person in the institution that they are working in. */
export interface MemberActor {
  type: "member";
  userId: string;
  sessionId: string;
  institutionId: string;
  role: Role;
  subscriberId: string;
  name: string;
  email: string;
}

/** A signed-in person without an institution: removed from their last one. */
export interface AccountActor {
  type: "account";
  userId: string;
  sessionId: string;
  name: string;
  email: string;
}

/** Whoever holds a mailed link: the token is the capability, and gives nothing beyond it (R12). */
export interface LinkActor {
  type: "link";
}

export interface AnonymousActor {
  type: "anonymous";
}

/** The worker, acting for one institution at a time (R65). */
export interface SystemActor {
  type: "system";
}

export type Actor = MemberActor | AccountActor | LinkActor | AnonymousActor | SystemActor;

export interface RequestInfo {
  id: string;
  /** The client's address as the edge determined it (R25). */
  ip: string | null;
  userAgent: string | null;
  locale: string;
}

/** Who asks, and from where: the first argument of every verb. */
export interface Context {
  actor: Actor;
  request: RequestInfo;
}
