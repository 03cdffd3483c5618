import type { Context, MemberActor } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { requireContactPointType } from "@/lib/channels/registry";
import { addressBucket } from "@/lib/core/address-bucket";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { newCode } from "@/lib/crypto/codes";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { enforceLimit, hit } from "@/lib/services/limits/hit";
import { requireHuman } from "@/lib/services/limits/require-human";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { isSuppressed } from "@/lib/services/messages/suppression";
import { hashSenderCode, takeSenderStep } from "@/lib/services/senders/challenge";
import { SenderRef } from "@/lib/services/senders/fields";
import { findSender, lockSender, type SenderRow } from "@/lib/services/senders/internal";
import { findAddressForProof, type OwnAddress, ownAddressNeeded } from "@/lib/services/senders/own-address";
import { voidSenderVerifications } from "@/lib/services/senders/void";
import { countPrefix } from "@/lib/services/sms-spending/count-prefix";
import { type CountedSend, destinationKey } from "@/lib/services/verifications/count-send";

/**
 * Sends a code through a sender, as its settings stand now, to the person who asks and to nobody else. A new code ends
 * the one before it (R11).
 */
export async function startSenderVerification(ctx: Context, raw: unknown): Promise<void> {
  const actor = requirePerson(ctx, "sender:write");
  const { senderId } = parseInput(SenderRef, raw);
  const to = await inInstitution(actor.institutionId, async (tx) => {
    const row = await findSender(tx, actor, senderId);
    refuseNeedless(row);
    const own = await findAddressForProof(tx, actor, row.type);
    if (!own) {
      throw ownAddressNeeded(row.type);
    }
    return own;
  });
  await requireHuman(ctx, "resend");
  await takeSenderStep(actor.institutionId, senderId);
  const counted = await countSend(ctx, actor, senderId, to);
  await inInstitution(actor.institutionId, async (tx) => {
    const row = await lockSender(tx, actor, senderId);
    refuseNeedless(row);
    await issue(tx, ctx, actor, row, to, counted);
  });
}

function refuseNeedless(row: SenderRow): void {
  if (row.state === "active" && row.provenRevision === row.revision) {
    throw new AppError("precondition_failed", { reason: "senderIsProven" });
  }
}

/** The same limits as for a contact point (R23, R24, R25, R28), each counted before the verb's transaction. */
async function countSend(ctx: Context, actor: MemberActor, senderId: string, to: OwnAddress): Promise<CountedSend> {
  const limits = env().limits;
  await enforceLimit(`send:user:${actor.userId}`, limits.sendsPerUserDay, "sendsPerUser");
  if (ctx.request.ip) {
    await enforceLimit(`send:ip:${addressBucket(ctx.request.ip)}`, limits.sendsPerIpHour, "sendsPerIp");
  }
  await enforceLimit(`send:sender:h:${senderId}`, limits.sendsPerContactPointHour, "sendsPerSender");
  await enforceLimit(`send:sender:d:${senderId}`, limits.sendsPerContactPointDay, "sendsPerSender");
  const destination = destinationKey(requireContactPointType(to.type), to.address);
  const hour = await hit(`send:to:h:${destination}`, limits.sendsPerDestinationHour);
  const day = await hit(`send:to:d:${destination}`, limits.sendsPerDestinationDay);
  const prefix = to.type === "sms" ? await countPrefix(actor.institutionId, to.address) : null;
  return { suppressed: !hour.allowed || !day.allowed || prefix?.suppressed === true, heldByPrefix: prefix?.heldByPrefix === true };
}

async function issue(tx: Tx, ctx: Context, actor: MemberActor, row: SenderRow, to: OwnAddress, counted: CountedSend): Promise<void> {
  const { institutionId, id: senderId, revision } = row;
  const type = requireContactPointType(row.type);
  const ttlSec = type.verification.ttlSec(env().limits);
  const code = newCode();
  const { kid, hash } = hashSenderCode(institutionId, senderId, revision, code);
  const id = newId();
  await voidSenderVerifications(tx, institutionId, [senderId]);
  const [times] = await tx.$queryRaw<Array<{ expiresAt: Date }>>`
    INSERT INTO sender_verification (institution_id, id, sender_id, revision, requested_by_id, contact_point_id, masked_address, code_hash,
                                     pepper_kid, max_attempts, expires_at)
    VALUES (${institutionId}::uuid, ${id}::uuid, ${senderId}::uuid, ${revision}, ${actor.userId}::uuid, ${to.contactPointId}::uuid, ${to.masked},
            ${hash}, ${kid}, ${env().limits.attemptsMax}, now() + make_interval(secs => ${ttlSec}))
    RETURNING expires_at AS "expiresAt"`;
  const { name } = await tx.institution.findUniqueOrThrow({ where: { id: institutionId }, select: { name: true } });
  const messageId = await enqueueMessage(tx, {
    institutionId,
    kind: "sender_verification",
    type: type.id,
    maskedAddress: to.masked,
    locale: ctx.request.locale,
    subscriberId: actor.subscriberId,
    senderId,
    ttlSec,
    heldByPrefix: counted.heldByPrefix,
    suppressed: counted.suppressed || (await isSuppressed(tx, institutionId, type, to.address)),
    payload: {
      kind: "sender_verification",
      to: to.address,
      institutionName: name,
      senderName: row.name,
      code,
      expiresAt: (times?.expiresAt ?? new Date()).toISOString(),
      validMinutes: Math.floor(ttlSec / 60),
    },
  });
  await tx.$executeRaw`UPDATE sender_verification SET message_id = ${messageId}::uuid WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid`;
  await audit(tx, institutionId, ctx, {
    action: "sender.verify_requested",
    object: { type: "sender", id: senderId },
    after: { address: to.masked },
  });
}
