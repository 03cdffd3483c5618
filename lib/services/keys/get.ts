import type { Context } from "@/lib/auth/actor";
import { may, requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { flushApiRequests } from "@/lib/services/api-requests/record";
import { type KeyDto, toKeyDto } from "@/lib/services/keys/dto";
import { findKeyRow, KeyRef, withinReach } from "@/lib/services/keys/internal";
import { type MadeDto, madeWith } from "@/lib/services/keys/lineage";

/** One by itself, with what was made with it and is still valid. */
export type KeyDetailDto = KeyDto & { made: MadeDto[] };

export async function getKey(ctx: Context, raw: unknown): Promise<KeyDetailDto> {
  const caller = requirePermission(ctx, "key:own");
  const { keyId } = parseInput(KeyRef, raw);
  const { institutionId } = caller;
  // when it was last used is noted together with its requests
  await flushApiRequests();
  return inInstitution(institutionId, async (tx) => {
    const row = await findKeyRow(tx, withinReach(ctx, caller, "key:read"), keyId);
    const made = await madeWith(tx, institutionId, keyId);
    return { ...toKeyDto(row), made: may(ctx.actor, "key:read") ? made : made.filter(({ type }) => type === "api_key") };
  });
}
