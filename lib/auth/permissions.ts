import type { Actor, Context, MemberActor } from "@/lib/auth/actor";
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
  "institution:write": ["owner", "admin"],
  "institution:create": ["owner"],
  "audit:read": ["owner", "admin"],
  "domain:read": ["owner", "admin"],
  "domain:write": ["owner", "admin"],
  "sender:read": ["owner", "admin"],
  "sender:write": ["owner", "admin"],
  "number:read": ["owner", "admin"],
  "number:write": ["owner", "admin"],
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
  return actor.type === "member" && roleMay(actor.role, permission);
}

/** The first line of every verb. Throws `unauthenticated` or `forbidden`; returns the member. */
export function requirePermission(ctx: Context, permission: Permission): MemberActor {
  const member = requireMember(ctx);
  if (!roleMay(member.role, permission)) {
    throw new AppError("forbidden");
  }
  return member;
}

export function requireMember(ctx: Context): MemberActor {
  if (ctx.actor.type !== "member") {
    throw new AppError(ctx.actor.type === "account" ? "forbidden" : "unauthenticated");
  }
  return ctx.actor;
}

/** For a person's own account, which needs no institution. */
export function requireUser(ctx: Context): Extract<Actor, { type: "member" | "account" }> {
  if (ctx.actor.type !== "member" && ctx.actor.type !== "account") {
    throw new AppError("unauthenticated");
  }
  return ctx.actor;
}
