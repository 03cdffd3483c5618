import type { AccountActor, Actor, Caller, Context, MemberActor, SignedInMember, SubscriberActor } from "@/lib/auth/actor";
import { covers, scopeFor } from "@/lib/auth/scopes";
import { AppError } from "@/lib/core/errors";

export const ROLES = ["owner", "admin", "member"] as const;
export type Role = (typeof ROLES)[number];

/** Role × action, for server and screens alike. Everything that is not here is refused. */
const TABLE = {
  "contact_point:own": ["owner", "admin", "member"],
  "contact_point:any": ["owner", "admin"],
  "inbox:own": ["owner", "admin", "member"],
  "subscriber:read": ["owner", "admin"],
  "subscriber:write": ["owner", "admin"],
  "member:read": ["owner", "admin", "member"],
  "member:invite": ["owner", "admin"],
  "member:write": ["owner", "admin"],
  "owner:grant": ["owner"],
  "institution:read": ["owner", "admin", "member"],
  "institution:write": ["owner", "admin"],
  "institution:create": ["owner"],
  "audit:read": ["owner", "admin"],
  "domain:read": ["owner", "admin"],
  "domain:write": ["owner", "admin"],
  "sender:read": ["owner", "admin"],
  "sender:write": ["owner", "admin"],
  "number:read": ["owner", "admin"],
  "number:write": ["owner", "admin"],
  "connection:read": ["owner", "admin"],
  "connection:write": ["owner", "admin"],
  "subscription:read": ["owner", "admin"],
  "subscription:write": ["owner", "admin"],
  "key:own": ["owner", "admin", "member"],
  "key:read": ["owner", "admin"],
  "key:write": ["owner", "admin"],
  "spending:read": ["owner", "admin"],
  "spending:write": ["owner", "admin"],
  "catcher:read": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof TABLE;
export const PERMISSIONS = Object.keys(TABLE) as Permission[];

export function roleMay(role: Role, permission: Permission): boolean {
  return (TABLE[permission] as readonly Role[]).includes(role);
}

export function may(actor: Actor, permission: Permission): boolean {
  return isCaller(actor) && roleMay(actor.role, permission) && missingScope(actor, permission) === null;
}

/** The first line of every verb. Throws `unauthenticated` or `forbidden`; returns who asks. */
export function requirePermission(ctx: Context, permission: Permission): Caller {
  const caller = requireScope(ctx, permission);
  requireRole(caller, permission);
  return caller;
}

/** As `requirePermission`, for what only a person can do: prove an address, read an inbox. */
export function requirePerson(ctx: Context, permission: Permission): MemberActor {
  const caller = requireScope(ctx, permission);
  if (caller.type !== "member") {
    throw new AppError("forbidden", { reason: "personOnly" });
  }
  requireRole(caller, permission);
  return caller;
}

function requireScope({ actor }: Context, permission: Permission): Caller {
  if (!isCaller(actor)) {
    throw new AppError(actor.type === "account" || actor.type === "subscriber" ? "forbidden" : "unauthenticated");
  }
  const scope = missingScope(actor, permission);
  if (scope !== null) {
    throw new AppError("forbidden", { reason: "scope", params: { scope } });
  }
  return actor;
}

function requireRole({ role }: Caller, permission: Permission): void {
  if (!roleMay(role, permission)) {
    throw new AppError("forbidden");
  }
}

function isCaller(actor: Actor): actor is Caller {
  return actor.type === "member" || actor.type === "institution";
}

/** What the caller's credential lacks; "none" stands for what no credential can be given. */
function missingScope({ credential }: Caller, permission: Permission): string | null {
  if (credential === undefined) {
    return null;
  }
  const wanted = scopeFor(permission, credential.access);
  return wanted === null ? "none" : covers(credential.scopes, wanted) ? null : wanted;
}

/** A member at the console; no credential of a program will do. */
export function requireMember(ctx: Context): SignedInMember {
  const { actor } = ctx;
  if (actor.type === "member" && isSignedIn(actor)) {
    return actor;
  }
  if ("credential" in actor) {
    throw new AppError("forbidden", { reason: "consoleOnly" });
  }
  throw new AppError(actor.type === "account" ? "forbidden" : "unauthenticated");
}

/** Somebody in an institution's own application, for what is theirs alone. The public key that came along limits them. */
export function requireSubscriber(ctx: Context): SubscriberActor {
  const { actor } = ctx;
  if (actor.type !== "subscriber") {
    throw new AppError(actor.type === "anonymous" || actor.type === "link" ? "unauthenticated" : "forbidden");
  }
  const scope = `subscriptions:${actor.credential.access}` as const;
  if (!covers(actor.credential.scopes, scope)) {
    throw new AppError("forbidden", { reason: "scope", params: { scope } });
  }
  return actor;
}

/** For a person's own account, which needs no institution, and never a program's credential. */
export function requireUser(ctx: Context): SignedInMember | AccountActor {
  return ctx.actor.type === "account" ? ctx.actor : requireMember(ctx);
}

function isSignedIn(actor: MemberActor): actor is SignedInMember {
  return actor.sessionId !== null;
}
