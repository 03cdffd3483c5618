import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { newKey } from "@/lib/auth/credentials/key-format";
import { requirePermission, requirePerson } from "@/lib/auth/permissions";
import { SCOPES, type Scope } from "@/lib/auth/scopes";
import { AppError, fieldError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { singleLineText } from "@/lib/core/safe-text";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { type KeyDto, toKeyDto } from "@/lib/services/keys/dto";
import { findKeyRow, withinReach } from "@/lib/services/keys/internal";
import { makingKey } from "@/lib/services/keys/lineage";
import { grantableScopes, KEY_OWNERS, PUBLIC_SCOPES } from "@/lib/services/keys/scopes-for";

const KEY_DAYS_MAX = 365;

export const CreateKeyInput = z.strictObject({
  name: singleLineText({ max: 100 }),
  kind: z.enum(["secret", "public"]).default("secret"),
  owner: z.enum(KEY_OWNERS).default("self"),
  scopes: z.array(z.enum(SCOPES)).max(SCOPES.length).default([]),
  expiresInDays: z.int().min(1).max(KEY_DAYS_MAX).default(KEY_DAYS_MAX),
});

type Wanted = z.output<typeof CreateKeyInput>;

/** Makes a key for the caller, or for the institution: answered here and never again (R52). One that a key makes ends with it at the latest. */
export async function createKey(ctx: Context, raw: unknown): Promise<KeyDto & { key: string }> {
  requirePermission(ctx, "key:own");
  const wanted = parseInput(CreateKeyInput, raw);
  // a public key says which institution is meant, so it is nobody's own
  const caller =
    wanted.owner === "institution" || wanted.kind === "public" ? requirePermission(ctx, "key:write") : requirePerson(ctx, "key:own");
  const isOwn = wanted.owner === "self" && wanted.kind === "secret";
  const scopes = scopesOf(caller, wanted);
  const { institutionId } = caller;
  const made = newKey(wanted.kind);
  const id = newId();
  const row = await inInstitution(institutionId, async (tx) => {
    await refuseTooMany(tx, institutionId, isOwn ? caller.userId : null);
    const first = await makingKey(tx, caller);
    await tx.$executeRaw`
      INSERT INTO api_key (institution_id, id, kind, name, prefix, last4, hash, user_id, scopes, expires_at, created_by_id, made_with_id)
      VALUES (${institutionId}::uuid, ${id}::uuid, ${wanted.kind}, ${wanted.name}, ${made.prefix}, ${made.last4}, ${made.hash},
              ${isOwn ? caller.userId : null}::uuid, ${scopes}::text[],
              least(now() + make_interval(days => ${wanted.expiresInDays}::int), ${first?.expiresAt ?? null}::timestamptz), ${caller.userId}::uuid,
              ${first?.id ?? null}::uuid)`;
    const stored = await findKeyRow(tx, withinReach(ctx, caller, "key:read"), id);
    await audit(tx, institutionId, ctx, {
      action: "apikey.created",
      object: { type: "api_key", id },
      after: {
        name: wanted.name,
        kind: wanted.kind,
        owner: isOwn ? "self" : "institution",
        scopes,
        expiresAt: stored.expiresAt.toISOString(),
      },
    });
    return stored;
  });
  return { ...toKeyDto(row), key: made.key };
}

/** Each of them is one that the caller can give away; `write` makes `read` beside it needless. */
function scopesOf(caller: Caller, { kind, owner, scopes }: Wanted): Scope[] {
  const grantable = grantableScopes(caller, kind === "public" ? "institution" : owner);
  if (!scopes.every((scope) => grantable.includes(scope))) {
    throw fieldError("scopes", "scope_not_yours");
  }
  if (kind === "public" && !scopes.every((scope) => PUBLIC_SCOPES.includes(scope))) {
    throw fieldError("scopes", "scope_not_public");
  }
  if (scopes.length === 0) {
    throw fieldError("scopes", "required");
  }
  const isNeedless = (scope: Scope) => scope.endsWith(":read") && scopes.includes(scope.replace(/read$/, "write") as Scope);
  return SCOPES.filter((scope) => scopes.includes(scope) && !isNeedless(scope));
}

/** Serialises additions to one institution, so that the limits hold under parallel requests (R34). */
async function refuseTooMany(tx: Tx, institutionId: string, personId: string | null): Promise<void> {
  const { keysPerInstitution, keysPerPerson } = env().limits;
  await tx.$queryRaw`SELECT id FROM institution WHERE id = ${institutionId}::uuid FOR NO KEY UPDATE`;
  const [row] = await tx.$queryRaw<Array<{ live: number; own: number }>>`
    SELECT count(*)::int AS live, count(*) FILTER (WHERE user_id = ${personId}::uuid)::int AS own
      FROM api_key WHERE institution_id = ${institutionId}::uuid AND revoked_at IS NULL AND expires_at > now()`;
  const { live = 0, own = 0 } = row ?? {};
  if (own >= keysPerPerson) {
    throw new AppError("limit_exceeded", { reason: "ownKeyLimit", params: { max: keysPerPerson } });
  }
  if (live >= keysPerInstitution) {
    throw new AppError("limit_exceeded", { reason: "keyLimit", params: { max: keysPerInstitution } });
  }
}
