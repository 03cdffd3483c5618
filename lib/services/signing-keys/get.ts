import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type SigningKeyDto, toSigningKeyDto } from "@/lib/services/signing-keys/dto";
import { findSigningKey, SigningKeyRef } from "@/lib/services/signing-keys/internal";

export async function getSigningKey(ctx: Context, raw: unknown): Promise<SigningKeyDto> {
  const { institutionId } = requirePermission(ctx, "key:read");
  const { signingKeyId } = parseInput(SigningKeyRef, raw);
  return toSigningKeyDto(await inInstitution(institutionId, (tx) => findSigningKey(tx, institutionId, signingKeyId)));
}
