import type { Context } from "@/lib/auth/actor";
import { may, requirePermission } from "@/lib/auth/permissions";
import type { Scope } from "@/lib/auth/scopes";
import { grantableScopes, PUBLIC_SCOPES } from "@/lib/services/keys/scopes-for";

export interface KeyForm {
  /** What one can give a key of one's own. */
  own: Scope[];
  /** What one can give the institution's secret and public keys; null: none can be made. */
  institution: { secret: Scope[]; public: Scope[] } | null;
}

export async function getKeyForm(ctx: Context): Promise<KeyForm> {
  const caller = requirePermission(ctx, "key:own");
  const shared = grantableScopes(caller, "institution");
  return {
    own: grantableScopes(caller, "self"),
    institution: may(ctx.actor, "key:write") ? { secret: shared, public: shared.filter((scope) => PUBLIC_SCOPES.includes(scope)) } : null,
  };
}
