import type { Context, SignedInMember } from "@/lib/auth/actor";
import { AppError } from "@/lib/core/errors";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText } from "@/lib/crypto/seal";
import type { Payload } from "@/lib/delivery/payload";
import { env } from "@/lib/env";
import { createSender } from "@/lib/services/senders/create";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { asAdmin } from "@/tests/support/outbox";

type Person = Context & { actor: SignedInMember };

export const PASSWORD = "correct horse battery staple";

/** What the form of an SMTP server is filled with. */
export function smtpConfig(more: Record<string, unknown> = {}) {
  return { host: "smtp.example.com", port: 587, security: "starttls", auth: "password", username: "desk", password: PASSWORD, ...more };
}

export function addSmtp(ctx: Person, more: Record<string, unknown> = {}): Promise<SenderDetailDto> {
  return createSender(ctx, {
    name: "Front desk",
    provider: "smtp",
    config: smtpConfig(),
    fromAddress: "desk@example.com",
    fromName: "Lakeside Clinic",
    ...more,
  });
}

/** As if somebody had entered the code that came through it: its settings as they stand now are the proven ones. */
export async function markProven(senderId: string): Promise<void> {
  await asAdmin("UPDATE sender SET state = 'active', proven_revision = revision, proven_config = '{}', proven_at = now() WHERE id = $1", [
    senderId,
  ]);
}

/** What a call was refused with, or "fine". */
export async function refusal(call: Promise<unknown>) {
  try {
    await call;
    return { code: "fine" as const };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, reason, params, fields, retryAfterSec } = error;
    return { code, reason, params, fields: fields?.map(({ path, code: field }) => `${path}: ${field}`), retryAfterSec };
  }
}

/** The code that is on its way through a sender. */
export async function waitingCode(senderId: string): Promise<Extract<Payload, { kind: "sender_verification" }>> {
  const [row] = await asAdmin<{ id: string; payload: string; institution_id: string }>(
    "SELECT id, payload, institution_id FROM message WHERE sender_id = $1 AND kind = 'sender_verification' AND payload IS NOT NULL ORDER BY created_at DESC",
    [senderId],
  );
  if (!row) throw new Error("no code waits for this sender");
  const place = { table: "message", institutionId: row.institution_id, rowId: row.id, field: "payload", version: 1 };
  return JSON.parse(openText(parseKeyring(env().secretsKeys, "SECRETS_KEYS"), row.payload, place)) as never;
}

export const wrongCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
