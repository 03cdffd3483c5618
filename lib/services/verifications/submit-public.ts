import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { sms } from "@/lib/channels/contact-points/sms";
import { addressBucket } from "@/lib/core/address-bucket";
import { answerAfter } from "@/lib/core/answer-after";
import { fieldError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { parsePhoneNumber } from "@/lib/core/phone-number";
import { readCode } from "@/lib/crypto/codes";
import { parseKeyring } from "@/lib/crypto/keyring";
import { lookupHashes } from "@/lib/crypto/lookup-hash";
import { prisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { auditRefusal } from "@/lib/services/audit/record";
import { enforceLimit } from "@/lib/services/limits/hit";
import { codeMatches, countAttempt, verificationFailed } from "@/lib/services/verifications/attempt";
import { completeVerification } from "@/lib/services/verifications/complete";
import { destinationKey } from "@/lib/services/verifications/count-send";
import type { LinkTarget } from "@/lib/services/verifications/link";

const SubmitPublicInput = z.strictObject({
  number: z.string().max(64),
  country: z.string().max(2).optional(),
  code: z.string().max(64),
});

/** Longer than a wrong code takes to be counted, so that the time of an answer does not tell whether a challenge lives (R16). */
const ANSWER_MS = 300;

/** As many institutions as can have texted one number within ten minutes in good faith. */
const CANDIDATES = 3;

/**
 * For someone without an account who was sent a text: number and code prove the number. Limited per
 * network and per number (R31), and the answer never says what was wrong (R16).
 */
export async function submitPublicCode(ctx: Context, raw: unknown): Promise<void> {
  const input = parseInput(SubmitPublicInput, raw);
  const number = parsePhoneNumber(input.number, input.country || undefined);
  if (!number.ok) {
    throw fieldError("number", `phone_${number.reason}`);
  }
  const code = readCode(input.code);
  if (code === null) {
    throw fieldError("code", "code_shape");
  }
  const address = number.value.e164;
  if (ctx.request.ip) {
    await enforceLimit(`verify:ip:${addressBucket(ctx.request.ip)}`, env().limits.submissionsPerIpHour, "submissions");
  }
  await enforceLimit(`verify:to:${destinationKey(sms as never, address)}`, env().limits.submissionsPerDestinationHour, "submissions");

  await answerAfter(ANSWER_MS, () => tryCode(ctx, address, code));
}

async function tryCode(ctx: Context, address: string, code: string): Promise<void> {
  const asLink: Context = { ...ctx, actor: { type: "link" } };
  for (const target of await candidates(address)) {
    const attempt = await countAttempt(target.institutionId, { verificationId: target.verificationId });
    if (attempt && codeMatches(attempt, code)) {
      await completeVerification(asLink, attempt, "code");
      return;
    }
    if (attempt) {
      const object = { type: "contact_point", id: attempt.contactPointId };
      await auditRefusal(attempt.institutionId, asLink, {
        action: "contact_point.verify_failed",
        object,
        subscriberId: attempt.subscriberId,
      });
    }
  }
  throw verificationFailed();
}

async function candidates(address: string): Promise<LinkTarget[]> {
  const hashes = lookupHashes(parseKeyring(env().codePeppers, "CODE_PEPPERS"), "public-code", address).map((hash) => Buffer.from(hash));
  return prisma().$queryRaw<LinkTarget[]>`
    SELECT institution_id AS "institutionId", ref_id AS "verificationId" FROM token_index
     WHERE kind = 'public_code' AND hash = ANY(${hashes}::bytea[]) AND expires_at > now()
     ORDER BY created_at DESC LIMIT ${CANDIDATES}`;
}
