import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { toBizId } from "@/lib/dialects/slaunchx/ids";

/** How this API's clients name the institution that the caller works in, for whoever makes them a credential. */
export function ownBizId(ctx: Context): string {
  return toBizId("institution", requirePermission(ctx, "key:own").institutionId);
}
