import type { Context } from "@/lib/auth/actor";
import type { InboundRequest, InboundText } from "@/lib/channels/providers/define";
import { AppError } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { E164, parsePhoneNumber } from "@/lib/core/phone-number";
import { parseKeyring } from "@/lib/crypto/keyring";
import { lookupHash } from "@/lib/crypto/lookup-hash";
import { prisma } from "@/lib/db/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { auditAll } from "@/lib/services/audit/record";
import { inboundUrl } from "@/lib/services/numbers/dto";
import { openShop } from "@/lib/services/numbers/internal";
import { type OptWord, readOptWord } from "@/lib/services/numbers/opt-words";

/** Providers repeat a text for up to a day. Kept longer, as one of them signs no time: what was read on the way is not said again. */
const KEPT_SEC = 30 * 24 * 3600;

/** `search`: what stands behind the address, where a text comes in it. */
type Given = Omit<InboundRequest, "url"> & { provider: string; integrationId: string; search: string };

/**
 * Takes what a provider posted. False, and nothing more, for whatever it did not sign: an integration that is not
 * there, another provider's, a forged text. The signature is the permission.
 */
export async function receiveText(ctx: Context, given: Given): Promise<boolean> {
  const institutionId = await institutionOf(given.integrationId);
  const text = institutionId && (await readSigned(institutionId, given));
  if (!institutionId || !text) {
    return false;
  }
  const word = readOptWord(text.text);
  const from = numberOf(text.from);
  if (word && from) {
    const { integrationId } = given;
    const key = lookupHash(parseKeyring(env().codePeppers, "CODE_PEPPERS"), "inbound-text", integrationId, text.providerReference);
    await inInstitution(institutionId, async (tx) => {
      if (await isFirst(tx, `sms:in:${key}`)) {
        await obey(tx, ctx, { institutionId, from, to: text.to, word });
      }
    });
  }
  return true;
}

/** A text counts once, however often it comes and whatever day it is then: a repeated START would undo a later STOP. */
async function isFirst(tx: Tx, key: string): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))) AS locked`;
  const kept = await tx.$executeRaw`
    INSERT INTO rate_bucket (key, win, hits) SELECT ${key}, now() + make_interval(secs => ${KEPT_SEC}), 1
     WHERE NOT EXISTS (SELECT 1 FROM rate_bucket WHERE key = ${key} AND win > now())`;
  return kept > 0;
}

/** As contact points are kept; a number that the plan does not know yet stops texts too. */
function numberOf(given: string): string | null {
  const parsed = parsePhoneNumber(given);
  if (parsed.ok) {
    return parsed.value.e164;
  }
  return E164.test(given) ? given : null;
}

async function institutionOf(integrationId: string): Promise<string | null> {
  if (!isId(integrationId)) {
    return null;
  }
  const [row] = await prisma().$queryRaw<Array<{ id: string | null }>>`SELECT integration_institution(${integrationId}::uuid) AS id`;
  return row?.id ?? null;
}

async function readSigned(institutionId: string, { provider, integrationId, search, ...request }: Given): Promise<InboundText | null> {
  const shop = await inInstitution(institutionId, (tx) => openShop(tx, institutionId, integrationId)).catch(expected);
  if (shop?.integration.provider !== provider) {
    return null;
  }
  return shop.service.readInbound(shop.config, { ...request, url: inboundUrl(shop.integration) + search });
}

/** An account that takes no texts, or does not open. Whatever else fails makes the provider come again. */
function expected(error: unknown): null {
  if (error instanceof AppError) {
    return null;
  }
  throw error;
}

interface Wish {
  institutionId: string;
  from: string;
  to: string;
  word: OptWord;
}

/**
 * In force from this transaction on: whoever claims a message afterwards sees it. It is said to a number: whichever
 * senders have it, on whatever account, are meant.
 */
async function obey(tx: Tx, ctx: Context, { institutionId, from, to, word }: Wish): Promise<void> {
  const stop = word.wish === "stop";
  const changed = stop
    ? await tx.$queryRaw<Array<{ senderId: string }>>`
        INSERT INTO sms_opt_out (institution_id, sender_id, number, word)
        SELECT institution_id, id, ${from}, ${word.word} FROM sender
         WHERE institution_id = ${institutionId}::uuid AND from_number = ${to} ORDER BY id
        ON CONFLICT DO NOTHING RETURNING sender_id AS "senderId"`
    : await tx.$queryRaw<Array<{ senderId: string }>>`
        DELETE FROM sms_opt_out o USING sender s
         WHERE o.institution_id = ${institutionId}::uuid AND o.number = ${from} AND s.institution_id = o.institution_id AND s.id = o.sender_id
           AND s.from_number = ${to} RETURNING o.sender_id AS "senderId"`;
  if (changed.length === 0) {
    return;
  }
  const points = await tx.contactPoint.findMany({
    where: { institutionId, type: "sms", address: from, deletedAt: null },
    select: { id: true, subscriberId: true },
  });
  const action = stop ? "contact_point.opted_out" : "contact_point.opted_in";
  const after = { word: word.word, senders: changed.map(({ senderId }) => senderId) };
  const told = points.map(({ id, subscriberId }) => ({ action, object: { type: "contact_point", id }, subscriberId, after }) as const);
  const [sender] = changed;
  const untold = { action, object: { type: "sender", id: sender?.senderId ?? null }, after } as const;
  await auditAll(tx, institutionId, ctx, told.length > 0 ? told : [untold]);
}
