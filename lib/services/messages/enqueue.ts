import { newId } from "@/lib/core/ids";
import { parseKeyring } from "@/lib/crypto/keyring";
import { seal } from "@/lib/crypto/seal";
import type { Tx } from "@/lib/db/unit-of-work";
import { type MessageKind, type Payload, PRIORITY } from "@/lib/delivery/payload";
import { enqueueJob } from "@/lib/delivery/queue";
import { env } from "@/lib/env";

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
  /** Seconds from now after which it is no longer worth sending. */
  ttlSec?: number;
  /** A message that looks sent to everybody and never leaves (R16, R24). */
  suppressed?: boolean;
}

/**
 * Puts one message into the outbox: its row and its job, in the transaction of what caused it (R69).
 * The payload is sealed; the worker erases it when the message is done (R8). Returns the message's id.
 */
export async function enqueueMessage(tx: Tx, input: EnqueueInput): Promise<string> {
  const id = newId();
  const place = { table: "message", institutionId: input.institutionId, rowId: id, field: "payload", version: 1 };
  const payload = input.suppressed ? null : seal(parseKeyring(env().secretsKeys, "SECRETS_KEYS"), JSON.stringify(input.payload), place);
  await tx.$executeRaw`
    INSERT INTO message (institution_id, id, kind, type, contact_point_id, address_version, subscriber_id, verification_id,
                         masked_address, payload, locale, priority, state, reference, expires_at)
    VALUES (${input.institutionId}::uuid, ${id}::uuid, ${input.kind}, ${input.type}, ${input.contactPointId ?? null}::uuid,
            ${input.addressVersion ?? null}::int, ${input.subscriberId ?? null}::uuid, ${input.verificationId ?? null}::uuid,
            ${input.maskedAddress}, ${payload}, ${input.locale}, ${PRIORITY[input.kind]}, ${input.suppressed ? "suppressed" : "queued"},
            ${`${id}@${new URL(env().appOrigin).hostname}`},
            now() + make_interval(secs => ${input.ttlSec ?? 24 * 3600}))`;
  if (!input.suppressed) {
    await enqueueJob(tx, { institutionId: input.institutionId, messageId: id, priority: PRIORITY[input.kind] });
  }
  return id;
}
