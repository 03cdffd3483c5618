import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { ContactPointType } from "@/lib/channels/define";
import { addressBucket } from "@/lib/core/address-bucket";
import { AppError } from "@/lib/core/errors";
import { parseKeyring } from "@/lib/crypto/keyring";
import { lookupHash } from "@/lib/crypto/lookup-hash";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { enforceLimit, hit } from "@/lib/services/limits/hit";
import { countPrefix } from "@/lib/services/sms-spending/count-prefix";

export interface CountedSend {
  /** Over the hidden cap of this destination (R24): it looks sent and is not. */
  suppressed: boolean;
  /** R28: by the institution's own texts, so that its admins may see it. */
  heldByPrefix: boolean;
}

/**
 * Counts one verification send against every limit, each in a statement of its own, before the
 * verb's transaction: R23 contact point, R25 person and network with an answer, R24 destination and R28 prefix without.
 */
export async function countSend(
  ctx: Context,
  to: { contactPointId: string; type: ContactPointType; address: string },
): Promise<CountedSend> {
  const limits = env().limits;
  if (ctx.actor.type === "member") {
    await enforceLimit(`send:user:${ctx.actor.userId}`, limits.sendsPerUserDay, "sendsPerUser");
  }
  if (ctx.actor.type === "institution") {
    await enforceLimit(`send:keys:${ctx.actor.institutionId}`, limits.sendsByKeysPerInstitutionDay, "sendsByKeys");
  }
  if (ctx.request.ip) {
    await enforceLimit(`send:ip:${addressBucket(ctx.request.ip)}`, limits.sendsPerIpHour, "sendsPerIp");
  }
  await enforceLimit(`send:cp:h:${to.contactPointId}`, limits.sendsPerContactPointHour, "sendsPerContactPoint");
  await enforceLimit(`send:cp:d:${to.contactPointId}`, limits.sendsPerContactPointDay, "sendsPerContactPoint");
  if (to.type.verification.kind === "confirm") {
    return { suppressed: false, heldByPrefix: false };
  }
  const destination = destinationKey(to.type, to.address);
  const hour = await hit(`send:to:h:${destination}`, limits.sendsPerDestinationHour);
  const day = await hit(`send:to:d:${destination}`, limits.sendsPerDestinationDay);
  const prefix = to.type.id === "sms" ? await countPrefix(requirePermission(ctx, "contact_point:own").institutionId, to.address) : null;
  return { suppressed: !hour.allowed || !day.allowed || prefix?.suppressed === true, heldByPrefix: prefix?.heldByPrefix === true };
}

/** One key for every spelling of one destination, across institutions; the address itself stands nowhere. */
export function destinationKey(type: ContactPointType, address: string): string {
  return lookupHash(parseKeyring(env().codePeppers, "CODE_PEPPERS"), "destination", type.id, type.countingKey(address));
}

/** R22: takes the next step of the resend ladder, or says how long the last one still lasts. */
export async function takeResendStep(institutionId: string, contactPointId: string): Promise<void> {
  const ladder = env().limits.resendLadderSec;
  const waitSec = await inInstitution(institutionId, async (tx) => {
    const taken = await tx.$queryRaw<unknown[]>`
      UPDATE contact_point
         SET next_send_at = now() + make_interval(secs => (${ladder}::int[])[least(send_step, ${ladder.length - 1}) + 1]),
             send_step = send_step + 1
       WHERE institution_id = ${institutionId}::uuid AND id = ${contactPointId}::uuid AND deleted_at IS NULL
         AND (next_send_at IS NULL OR next_send_at <= now())
      RETURNING id`;
    if (taken.length > 0) {
      return null;
    }
    const [row] = await tx.$queryRaw<Array<{ wait: number }>>`
      SELECT greatest(1, ceil(extract(epoch FROM next_send_at - now())))::int AS wait
        FROM contact_point WHERE institution_id = ${institutionId}::uuid AND id = ${contactPointId}::uuid`;
    return row?.wait ?? 1;
  });
  if (waitSec !== null) {
    throw new AppError("rate_limited", { reason: "resendTooSoon", retryAfterSec: waitSec });
  }
}
