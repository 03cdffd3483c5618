import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type KeyDto, toKeyDto } from "@/lib/services/keys/dto";
import { findKeyRow, KeyRef, withinReach } from "@/lib/services/keys/internal";

export async function getKey(ctx: Context, raw: unknown): Promise<KeyDto> {
  const caller = requirePermission(ctx, "key:own");
  const { keyId } = parseInput(KeyRef, raw);
  const reach = withinReach(ctx, caller, "key:read");
  return toKeyDto(await inInstitution(caller.institutionId, (tx) => findKeyRow(tx, reach, keyId)));
}
