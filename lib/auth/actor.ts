import type { Role } from "@/lib/auth/permissions";
import type { Access } from "@/lib/auth/scopes";

/** What a program identified itself with; it limits whoever it acts as. */
export interface Credential {
  id: string;
  kind: "secret_key" | "public_key" | "access_token";
  scopes: readonly string[];
  /** What this request does: a write asks for more. */
  access: Access;
  /** The key that signed for a person beside it. */
  signingKeyId?: string;
}

/** A person in the institution that they are working in: signed in, or through a credential of theirs. */
export interface MemberActor {
  type: "member";
  userId: string;
  /** null where a credential stands for a session. */
  sessionId: string | null;
  institutionId: string;
  role: Role;
  subscriberId: string;
  name: string;
  email: string;
  credential?: Credential;
}

/** As above, in a browser that signed in. */
export type SignedInMember = MemberActor & { sessionId: string };

/** An institution's own program, which is nobody in person. */
export interface InstitutionActor {
  type: "institution";
  userId: null;
  institutionId: string;
  role: "admin";
  subscriberId: null;
  credential: Credential;
}

/** A subscriber in an institution's own application, vouched for by the application's signature. */
export interface SubscriberActor {
  type: "subscriber";
  institutionId: string;
  /** As the application calls them. */
  externalId: string;
  credential: Credential;
}

/** Whoever may be given a permission. */
export type Caller = MemberActor | InstitutionActor;

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

export type Actor = Caller | SubscriberActor | AccountActor | LinkActor | AnonymousActor | SystemActor;

export interface RequestInfo {
  id: string;
  /** The client's address as the edge determined it (R25). */
  ip: string | null;
  userAgent: string | null;
  locale: string;
  /** A client's own word for the device that it runs on. */
  clientHash?: string;
  /** What its page got from Turnstile (R56). */
  turnstileToken?: string;
}

/** Who asks, and from where: the first argument of every verb. */
export interface Context {
  actor: Actor;
  request: RequestInfo;
}
