import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { AccessTokenRef, findTokenRow } from "@/lib/services/access-tokens/internal";
import { type ApiRequestDto, requestFilters, requestsOf } from "@/lib/services/api-requests/internal";
import { withinReach } from "@/lib/services/keys/internal";

const ListTokenRequestsInput = z.strictObject({ ...AccessTokenRef.shape, ...requestFilters });

/** What was asked for with an access token within the last seven days, the newest first; it outlives the token. */
export async function listTokenRequests(ctx: Context, raw: unknown): Promise<Page<ApiRequestDto>> {
  const caller = requirePermission(ctx, "key:own");
  const { accessTokenId: id, ...asked } = parseInput(ListTokenRequestsInput, raw);
  const reach = withinReach(ctx, caller, "key:read");
  return requestsOf({ ...asked, institutionId: caller.institutionId, credentialId: id }, (tx) => findTokenRow(tx, reach, id));
}
