import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { forgetSigningKeys } from "@/lib/auth/credentials/find-signing-keys";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { singleLineText } from "@/lib/core/safe-text";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { makingKey } from "@/lib/services/keys/lineage";
import { enforceLimit } from "@/lib/services/limits/hit";
import { type SigningKeyDto, toSigningKeyDto } from "@/lib/services/signing-keys/dto";
import { findSigningKey } from "@/lib/services/signing-keys/internal";
import { kidOf, pemOf, type ReadPublicKey, readPublicKey } from "@/lib/services/signing-keys/read-public-key";

const BITS = 3072;
const TEXT_MAX = 16_384;
const newPair = promisify(generateKeyPair);

const publicKey = z
  .string()
  .max(TEXT_MAX)
  .transform((text, ctx): Extract<ReadPublicKey, { ok: true }> => {
    const read = readPublicKey(text);
    if (!read.ok) {
      ctx.issues.push({ code: "custom", input: "", params: { reason: read.reason } });
      return z.NEVER;
    }
    return read;
  });

export const CreateSigningKeyInput = z.strictObject({
  name: singleLineText({ max: 100 }),
  kid: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .optional(),
  /** PEM or JWK. Without it a pair is made here. */
  publicKey: publicKey.optional(),
});

/**
 * Adds a key with which the institution's application signs its users' tokens (R53). Of a pair that is made here, the
 * private half is answered once and kept nowhere.
 */
export async function createSigningKey(ctx: Context, raw: unknown): Promise<SigningKeyDto & { privateKey: string | null }> {
  const caller = requirePermission(ctx, "key:write");
  const { institutionId, userId } = caller;
  // whoever signs for a user has that user's subscriptions: no key makes one that could do more than itself
  requirePermission(ctx, "subscription:write");
  const input = parseInput(CreateSigningKeyInput, raw);
  if (input.publicKey === undefined) {
    await enforceLimit(`signing_pair:${institutionId}`, env().limits.signingPairsPerInstitutionHour, "signingPairs");
  }
  const { pem, privateKey, uploadedKid } = await halvesOf(input.publicKey);
  const id = newId();
  const kid = input.kid ?? uploadedKid ?? kidOf(pem);
  const origin = privateKey === null ? "uploaded" : "generated";
  try {
    const row = await inInstitution(institutionId, async (tx) => {
      await refuseTooMany(tx, institutionId);
      const madeWithId = (await makingKey(tx, caller))?.id ?? null;
      await tx.signingKey.create({
        data: { institutionId, id, name: input.name, kid, publicKey: pem, origin, createdById: userId, madeWithId },
      });
      await audit(tx, institutionId, ctx, {
        action: "signing_key.created",
        object: { type: "signing_key", id },
        after: { name: input.name, kid, origin },
      });
      return findSigningKey(tx, institutionId, id);
    });
    forgetSigningKeys(institutionId);
    return { ...toSigningKeyDto(row), privateKey };
  } catch (error) {
    throw violatedConstraint(error) === "signing_key_kid_key" ? kidTaken() : error;
  }
}

async function halvesOf(uploaded: Extract<ReadPublicKey, { ok: true }> | undefined) {
  if (uploaded) {
    const { pem, kid } = uploaded;
    return { pem, privateKey: null, uploadedKid: kid !== null && /^[\x21-\x7e]{1,255}$/.test(kid) ? kid : null };
  }
  const pair = await newPair("rsa", { modulusLength: BITS });
  return { pem: pemOf(pair.publicKey), privateKey: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), uploadedKid: null };
}

/** A few at a time are enough to change them one by one; each token without a key id is tried with all. */
async function refuseTooMany(tx: Tx, institutionId: string): Promise<void> {
  const max = env().limits.signingKeysPerInstitution;
  await tx.$queryRaw`SELECT id FROM institution WHERE id = ${institutionId}::uuid FOR NO KEY UPDATE`;
  if ((await tx.signingKey.count({ where: { institutionId, revokedAt: null } })) >= max) {
    throw new AppError("limit_exceeded", { reason: "signingKeyLimit", params: { max } });
  }
}

function kidTaken(): AppError {
  return new AppError("conflict", { fields: [{ path: "kid", code: "kid_taken" }], reason: "kidTaken" });
}
