import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { addressBucket } from "@/lib/core/address-bucket";
import { parseInput } from "@/lib/core/parse-input";
import { env } from "@/lib/env";
import { enforceLimit } from "@/lib/services/limits/hit";
import { countAttempt, verificationFailed } from "@/lib/services/verifications/attempt";
import { completeVerification } from "@/lib/services/verifications/complete";
import { findLink } from "@/lib/services/verifications/link";

export const LinkInput = z.strictObject({ token: z.string().max(128) });

/** The button on the link's page: the token is the capability, and it makes no session (R12). */
export async function confirmLink(ctx: Context, raw: unknown): Promise<void> {
  const { token } = parseInput(LinkInput, raw);
  const asLink: Context = { ...ctx, actor: { type: "link" } };
  if (ctx.request.ip) {
    await enforceLimit(`verify:ip:${addressBucket(ctx.request.ip)}`, env().limits.submissionsPerIpHour, "submissions");
  }
  const target = await findLink(token);
  // the link and the typed code share one counter (R4)
  const attempt = target && (await countAttempt(target.institutionId, { verificationId: target.verificationId }));
  if (!attempt) {
    throw verificationFailed();
  }
  await completeVerification(asLink, attempt, "link");
}
