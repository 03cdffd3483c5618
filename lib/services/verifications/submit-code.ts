import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { addressBucket } from "@/lib/core/address-bucket";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { readCode } from "@/lib/crypto/codes";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { findContactPoint, idSchema } from "@/lib/services/contact-points/internal";
import { enforceLimit } from "@/lib/services/limits/hit";
import { codeMatches, countAttempt, refuseAttempt, verificationFailed } from "@/lib/services/verifications/attempt";
import { completeVerification } from "@/lib/services/verifications/complete";

export const SubmitCodeInput = z.strictObject({ contactPointId: idSchema, code: z.string().min(1).max(64) });

/** Proves one's own contact point with the code that was sent. Nobody does so for somebody else. */
export async function submitCode(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePerson(ctx, "contact_point:own");
  const input = parseInput(SubmitCodeInput, raw);
  const row = await inInstitution(actor.institutionId, (tx) => findContactPoint(tx, actor, input.contactPointId));
  if (row.subscriberId !== actor.subscriberId) {
    throw notFound();
  }
  await enforceLimit(`verify:user:${actor.userId}`, env().limits.submissionsPerUserHour, "submissions");
  if (ctx.request.ip) {
    await enforceLimit(`verify:ip:${addressBucket(ctx.request.ip)}`, env().limits.submissionsPerIpHour, "submissions");
  }
  const attempt = await countAttempt(actor.institutionId, { contactPointId: row.id });
  if (!attempt) {
    throw verificationFailed();
  }
  const code = readCode(input.code);
  if (code === null || !codeMatches(attempt, code)) {
    return refuseAttempt(ctx, attempt);
  }
  return toContactPointDto(await completeVerification(ctx, attempt, "code"), actor);
}
