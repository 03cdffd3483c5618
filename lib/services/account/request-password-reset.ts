import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { addressBucket } from "@/lib/core/address-bucket";
import { answerAfter } from "@/lib/core/answer-after";
import { type EmailAddress, maskEmail } from "@/lib/core/email-address";
import { parseInput } from "@/lib/core/parse-input";
import { prisma } from "@/lib/db/client";
import { asUser, enterInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { enforceLimit, hit } from "@/lib/services/limits/hit";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { emailAddress } from "@/lib/services/people/fields";
import { issueMailedToken } from "@/lib/services/people/mailed-token";
import { accountHash } from "@/lib/services/people/sign-in-limits";

const RequestPasswordReset = z.strictObject({ email: emailAddress });

const TOKEN_TTL_SEC = 3600;
/** Longer than the work takes when there is an account. */
const ANSWER_MS = 400;

/** Open to all, and the same answer for every address: whether there is an account, or a mail, is not told. */
export async function requestPasswordReset(ctx: Context, input: unknown): Promise<void> {
  const { email } = parseInput(RequestPasswordReset, input);
  const { passwordResetsPerIp, passwordResetsPerAccount } = env().limits;
  await enforceLimit(`password-reset:ip:${addressBucket(ctx.request.ip ?? "unknown")}`, passwordResetsPerIp, "passwordResetLimit");
  await answerAfter(ANSWER_MS, async () => {
    const { allowed } = await hit(`password-reset:account:${accountHash(email.canonical)}`, passwordResetsPerAccount);
    if (allowed) {
      await sendLink(ctx, email);
    }
  });
}

interface Place {
  institutionId: string;
  subscriberId: string;
}

async function sendLink(ctx: Context, email: EmailAddress): Promise<void> {
  const user = await prisma().user.findFirst({
    where: { emailCanonical: email.comparisonKey, deletedAt: null },
    select: { id: true, email: true, locale: true, homeInstitutionId: true },
  });
  if (!user) {
    return;
  }
  await asUser(user.id, async (tx) => {
    // Mail goes out of an institution; whoever left their last one is still a subscriber there.
    const [place] = await tx.$queryRaw<Place[]>`
      SELECT s.institution_id AS "institutionId", s.id AS "subscriberId"
        FROM subscriber s
        LEFT JOIN membership m ON m.institution_id = s.institution_id AND m.user_id = s.user_id
       WHERE s.user_id = ${user.id}::uuid
       ORDER BY m.id IS NOT NULL DESC, s.institution_id IS NOT DISTINCT FROM ${user.homeInstitutionId}::uuid DESC, s.created_at LIMIT 1`;
    if (!place) {
      return;
    }
    const { institutionId, subscriberId } = place;
    const { token, expiresAt } = await issueMailedToken(tx, {
      kind: "password_reset",
      institutionId,
      refId: user.id,
      ttlSec: TOKEN_TTL_SEC,
    });
    await enterInstitution(tx, institutionId);
    const institution = await tx.institution.findUniqueOrThrow({ where: { id: institutionId }, select: { name: true } });
    await enqueueMessage(tx, {
      institutionId,
      kind: "password_reset",
      type: "email",
      maskedAddress: maskEmail(user.email),
      locale: user.locale ?? ctx.request.locale,
      subscriberId,
      ttlSec: TOKEN_TTL_SEC,
      payload: {
        kind: "password_reset",
        to: user.email,
        institutionName: institution.name,
        link: `${env().appOrigin}/reset-password/${token}`,
        expiresAt: expiresAt.toISOString(),
        validMinutes: TOKEN_TTL_SEC / 60,
      },
    });
    const object = { type: "user", id: user.id };
    await audit(tx, institutionId, ctx, { action: "authn_password_reset", object, after: { step: "requested" } });
  });
}
