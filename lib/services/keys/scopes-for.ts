import type { Caller } from "@/lib/auth/actor";
import { PERMISSIONS, type Role, roleMay } from "@/lib/auth/permissions";
import { type Access, covers, SCOPES, type Scope, scopeFor } from "@/lib/auth/scopes";

export const KEY_OWNERS = ["self", "institution"] as const;
export type KeyOwner = (typeof KEY_OWNERS)[number];

/** What a public key can be limited to: it stands in pages that everybody can read. */
export const PUBLIC_SCOPES: readonly Scope[] = ["subscriptions:read", "subscriptions:write"];

const ACCESSES: readonly Access[] = ["read", "write"];

/** What a key of this owner can be given by this caller: no more than its owner's role has, nor the caller's own credential. */
export function grantableScopes({ role, credential }: Caller, owner: KeyOwner): Scope[] {
  const within = scopesOf(owner === "self" ? role : "admin");
  return SCOPES.filter((scope) => within.has(scope) && (credential === undefined || covers(credential.scopes, scope)));
}

/** Every scope that some permission of the role asks for; who may write an area may be limited to reading it. */
function scopesOf(role: Role): ReadonlySet<Scope> {
  const held = PERMISSIONS.filter((permission) => roleMay(role, permission));
  const asked = held.flatMap((permission) => ACCESSES.map((access) => scopeFor(permission, access))).filter((scope) => scope !== null);
  return new Set(asked.flatMap((scope) => [scope, scope.replace(/write$/, "read") as Scope]));
}
