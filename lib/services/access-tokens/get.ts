import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type AccessTokenDto, toAccessTokenDto } from "@/lib/services/access-tokens/dto";
import { AccessTokenRef, findTokenRow } from "@/lib/services/access-tokens/internal";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { withinReach } from "@/lib/services/keys/internal";

export async function getAccessToken(ctx: Context, raw: unknown): Promise<AccessTokenDto> {
  const caller = requirePermission(ctx, "key:own");
  const { accessTokenId } = parseInput(AccessTokenRef, raw);
  const reach = withinReach(ctx, caller, "key:read");
  // when it was last used is noted together with its requests
  await flushApiRequests();
  return toAccessTokenDto(await inInstitution(caller.institutionId, (tx) => findTokenRow(tx, reach, accessTokenId)));
}
