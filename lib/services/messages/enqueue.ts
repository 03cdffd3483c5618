import { newId } from "@/lib/core/ids";
import { parseKeyring } from "@/lib/crypto/keyring";
import { seal } from "@/lib/crypto/seal";
import type { Tx } from "@/lib/db/unit-of-work";
import { type MessageKind, type Payload, PRIORITY } from "@/lib/delivery/payload";
import { enqueueJob } from "@/lib/delivery/queue";
import { env } from "@/lib/env";
import { groupOf } from "@/lib/services/messages/route";
import { admitText } from "@/lib/services/sms-spending/admit-text";
import { recordHeld } from "@/lib/services/sms-spending/record-held";

export interface EnqueueInput {
  institutionId: string;
  kind: MessageKind;
  /** The contact point type that it goes out by. */
  type: string;
  maskedAddress: string;
  locale: string;
  payload: Payload;
  contactPointId?: string;
  addressVersion?: number;
  subscriberId?: string;
  verificationId?: string;
  /** The sender that a sender verification has to go through (R49); every other message is routed when it is claimed. */
  senderId?: string;
  /** Seconds from now after which it is no longer worth sending. */
  ttlSec?: number;
  /** A message that looks sent to everybody and never leaves (R16, R24). */
  suppressed?: boolean;
  /** R28: suppressed by a limit that the institution may see. */
  heldByPrefix?: boolean;
}

/**
 * Puts one message into the outbox: its row and its job, in the transaction of what caused it (R69).
 * The payload is sealed; the worker erases it when the message is done (R8). Returns the message's id.
 * A text is counted first, also one that is suppressed: both are refused alike where the institution's limits end (R16, R26).
 */
export async function enqueueMessage(tx: Tx, input: EnqueueInput): Promise<string> {
  const id = newId();
  const { institutionId } = input;
  const text = input.type === "sms" ? await admitText(tx, { institutionId, kind: input.kind, to: input.payload.to }) : null;
  if (text && input.heldByPrefix) {
    await recordHeld(tx, institutionId, text, "prefix");
  }
  const suppressed = input.suppressed || text?.held === true;
  const place = { table: "message", institutionId, rowId: id, field: "payload", version: 1 };
  const payload = suppressed ? null : seal(parseKeyring(env().secretsKeys, "SECRETS_KEYS"), JSON.stringify(input.payload), place);
  const writing = tx.$executeRaw`
    INSERT INTO message (institution_id, id, kind, type, contact_point_id, address_version, subscriber_id, verification_id, sender_id,
                         masked_address, payload, locale, priority, state, reference, country, dial_code, cost_micros, expires_at)
    VALUES (${institutionId}::uuid, ${id}::uuid, ${input.kind}, ${input.type}, ${input.contactPointId ?? null}::uuid,
            ${input.addressVersion ?? null}::int, ${input.subscriberId ?? null}::uuid, ${input.verificationId ?? null}::uuid,
            ${input.senderId ?? null}::uuid,
            ${input.maskedAddress}, ${payload}, ${input.locale}, ${PRIORITY[input.kind]}, ${suppressed ? "suppressed" : "queued"},
            ${`${id}@${new URL(env().appOrigin).hostname}`},
            ${text?.country ?? null}, ${text?.dialCode ?? null}, ${text?.costMicros ?? null}::bigint,
            now() + make_interval(secs => ${input.ttlSec ?? 24 * 3600}))`;
  const queueing = suppressed
    ? null
    : enqueueJob(tx, { institutionId, messageId: id, priority: PRIORITY[input.kind], group: groupOf(institutionId, input) });
  await Promise.all([writing, queueing]);
  return id;
}
