import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { ACCESS_TOKEN_MAX_SEC, signAccessToken } from "@/lib/auth/credentials/access-token";
import { requireMember, requirePermission } from "@/lib/auth/permissions";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { singleLineText } from "@/lib/core/safe-text";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import type { AccessTokenDto } from "@/lib/services/access-tokens/dto";
import { audit } from "@/lib/services/audit/record";
import { enforceLimit } from "@/lib/services/limits/hit";

const MINUTES_MAX = ACCESS_TOKEN_MAX_SEC / 60;

export const CreateAccessTokenInput = z.strictObject({
  name: singleLineText({ max: 100 }),
  minutes: z.int().min(1).max(MINUTES_MAX).default(MINUTES_MAX),
});

/** Makes a bearer token for the person at the console: no credential makes another one of these. Shown once, kept nowhere. */
export async function createAccessToken(ctx: Context, raw: unknown): Promise<AccessTokenDto & { token: string }> {
  requirePermission(ctx, "key:own");
  const { institutionId, userId, name: personName } = requireMember(ctx);
  const { name, minutes } = parseInput(CreateAccessTokenInput, raw);
  await enforceLimit(`access_token:${userId}`, env().limits.accessTokensPerUserHour, "accessTokens");
  const id = newId();
  // a token counts in whole seconds, and so does its row
  const issuedAt = new Date(Math.floor(Date.now() / 1000) * 1000);
  const expiresAt = new Date(issuedAt.getTime() + minutes * 60_000);
  await inInstitution(institutionId, async (tx) => {
    await tx.accessToken.create({ data: { institutionId, id, name, userId, expiresAt, createdAt: issuedAt } });
    const after = { name, expiresAt: expiresAt.toISOString() };
    await audit(tx, institutionId, ctx, { action: "access_token.created", object: { type: "access_token", id }, after });
  });
  const token = await signAccessToken({ id, userId, institutionId, issuedAt, expiresAt });
  return {
    id,
    name,
    person: { id: userId, name: personName },
    state: "live",
    createdAt: issuedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: null,
    revokedAt: null,
    token,
  };
}
