import type { Context } from "@/lib/auth/actor";
import { requireContactPointType } from "@/lib/channels/registry";
import { newId } from "@/lib/core/ids";
import { hashCode, newCode } from "@/lib/crypto/codes";
import { parseKeyring } from "@/lib/crypto/keyring";
import { lookupHash } from "@/lib/crypto/lookup-hash";
import { hashToken, newToken } from "@/lib/crypto/tokens";
import type { ContactPoint } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { isSuppressed } from "@/lib/services/messages/suppression";
import { voidVerifications } from "@/lib/services/verifications/void";

interface IssueInput {
  contactPoint: ContactPoint;
  suppressed: boolean;
  heldByPrefix?: boolean;
}

/**
 * Starts one challenge for the address that waits for its proof: the pending one if there is one,
 * else the live one. Earlier challenges end in the same transaction (R10, R11). The link's origin
 * comes from the settings alone (R14).
 */
export async function issueVerification(
  tx: Tx,
  ctx: Context,
  { contactPoint, suppressed, heldByPrefix = false }: IssueInput,
): Promise<string> {
  const type = requireContactPointType(contactPoint.type);
  const { institutionId, id: contactPointId } = contactPoint;
  const address = contactPoint.pendingAddress ?? contactPoint.address;
  const addressVersion = contactPoint.pendingAddressVersion ?? contactPoint.addressVersion;
  const { kind } = type.verification;
  const ttlSec = type.verification.ttlSec(env().limits);
  const id = newId();
  const peppers = parseKeyring(env().codePeppers, "CODE_PEPPERS");
  const code = kind === "confirm" ? null : newCode();
  const hashed = code === null ? null : hashCode(peppers, { institutionId, contactPointId, addressVersion, code });
  const token = kind === "link_and_code" ? newToken() : null;

  await voidVerifications(tx, institutionId, contactPointId);
  const [times] = await tx.$queryRaw<Array<{ expires_at: Date }>>`
    INSERT INTO verification (institution_id, id, contact_point_id, address_version, kind, code_hash, pepper_kid, max_attempts, expires_at, requested_by_id)
    VALUES (${institutionId}::uuid, ${id}::uuid, ${contactPointId}::uuid, ${addressVersion}, ${kind}, ${hashed?.hash ?? null}, ${hashed?.kid ?? null},
            ${env().limits.attemptsMax}, now() + make_interval(secs => ${ttlSec}), ${requesterOf(ctx)}::uuid)
    RETURNING expires_at`;
  const expiresAt = times?.expires_at ?? new Date();
  if (token) {
    await indexToken(tx, { hash: hashToken(token), kind: "verification", institutionId, refId: id, expiresAt });
  }
  const institution = await tx.institution.findUniqueOrThrow({ where: { id: institutionId }, select: { name: true, defaultLocale: true } });
  const subscriber = await tx.subscriber.findUniqueOrThrow({
    where: { institutionId_id: { institutionId, id: contactPoint.subscriberId } },
    select: { locale: true, userId: true },
  });
  if (type.id === "sms" && subscriber.userId === null) {
    // people without an account find their challenge by number on the public page
    const hash = Buffer.from(lookupHash(peppers, "public-code", address));
    await indexToken(tx, { hash, kind: "public_code", institutionId, refId: id, expiresAt });
  }
  const messageId = await enqueueMessage(tx, {
    institutionId,
    kind: "verification",
    type: type.id,
    maskedAddress: type.mask(address),
    locale: await languageFor(tx, ctx, contactPoint, subscriber.locale ?? institution.defaultLocale),
    contactPointId,
    addressVersion,
    subscriberId: contactPoint.subscriberId,
    verificationId: id,
    ttlSec,
    heldByPrefix,
    suppressed: suppressed || (await isSuppressed(tx, institutionId, type, address)),
    payload: {
      kind: "verification",
      to: address,
      institutionName: institution.name,
      code: code ?? "",
      link: token ? `${env().appOrigin}/verify/${token}` : "",
      expiresAt: expiresAt.toISOString(),
      validMinutes: Math.floor(ttlSec / 60),
    },
  });
  await tx.$executeRaw`UPDATE verification SET message_id = ${messageId}::uuid WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid`;
  await audit(tx, institutionId, ctx, {
    action: "contact_point.verify_requested",
    object: { type: "contact_point", id: contactPointId },
    subscriberId: contactPoint.subscriberId,
    after: { address: type.mask(address) },
  });
  return id;
}

interface IndexedToken {
  hash: Uint8Array<ArrayBuffer>;
  kind: string;
  institutionId: string;
  refId: string;
  expiresAt: Date;
}

async function indexToken(tx: Tx, token: IndexedToken): Promise<void> {
  await tx.tokenIndex.createMany({ data: [token] });
}

/** The reader's language: their own when they ask themselves, or have a program ask; else what the institution knows of them. */
async function languageFor(tx: Tx, { actor, request }: Context, contactPoint: ContactPoint, fallback: string): Promise<string> {
  if (actor.type !== "member" || actor.subscriberId !== contactPoint.subscriberId) {
    return fallback;
  }
  // what a program accepts says nothing of what its person reads
  const person = actor.sessionId === null ? await tx.user.findUnique({ where: { id: actor.userId }, select: { locale: true } }) : null;
  return person?.locale ?? request.locale;
}

function requesterOf(ctx: Context): string | null {
  return ctx.actor.type === "member" ? ctx.actor.userId : null;
}
