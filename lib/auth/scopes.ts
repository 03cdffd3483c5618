import type { Permission } from "@/lib/auth/permissions";

/** What a credential may be limited to; `write` includes `read`. */
export const SCOPE_AREAS = [
  "contact_points",
  "senders",
  "domains",
  "numbers",
  "connections",
  "subscriptions",
  "subscribers",
  "members",
  "inbox",
  "spending",
  "audit",
  "keys",
  "institution",
] as const;
export type ScopeArea = (typeof SCOPE_AREAS)[number];
export type Access = "read" | "write";
export type Scope = `${ScopeArea}:${Access}`;

export const SCOPES: readonly Scope[] = SCOPE_AREAS.flatMap((area) => [`${area}:read`, `${area}:write`] as const);

/** A bearer token may what its person may, except make credentials that outlive it. */
export const BEARER_SCOPES: readonly Scope[] = SCOPES.filter((scope) => scope !== "keys:write");

const AREA_OF: Record<string, ScopeArea> = {
  contact_point: "contact_points",
  sender: "senders",
  domain: "domains",
  number: "numbers",
  connection: "connections",
  subscription: "subscriptions",
  subscriber: "subscribers",
  member: "members",
  owner: "members",
  inbox: "inbox",
  spending: "spending",
  audit: "audit",
  key: "keys",
  institution: "institution",
};

/** What a permission asks of a credential; null: no credential of a program ever gets it. */
export function scopeFor(permission: Permission, access: Access): Scope | null {
  const [name, kind] = permission.split(":") as [string, string];
  const area = AREA_OF[name];
  if (area === undefined) {
    return null;
  }
  return `${area}:${kind === "read" || kind === "write" ? kind : access}`;
}

export function covers(scopes: readonly string[], wanted: Scope): boolean {
  return scopes.includes(wanted) || (wanted.endsWith(":read") && scopes.includes(wanted.replace(/read$/, "write")));
}
