import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { type NumberService, ProviderError, type ProviderType } from "@/lib/channels/providers/define";
import { AppError, type ErrorCode, notFound } from "@/lib/core/errors";
import { E164, parsePhoneNumber } from "@/lib/core/phone-number";
import { singleLineText } from "@/lib/core/safe-text";
import { DecryptError } from "@/lib/crypto/seal";
import type { Integration, PhoneNumber } from "@/lib/db/generated/client";
import { endHeldUnit, type Tx } from "@/lib/db/unit-of-work";
import { untilWholeSecond } from "@/lib/delivery/wire/pad";
import { audit } from "@/lib/services/audit/record";
import { integrationPlace, openSecrets } from "@/lib/services/integrations/secrets";
import { displayNumber, NUMBER_COLUMNS, NUMBER_TABLES, type NumberDto, type NumberRow, toNumberDto } from "@/lib/services/numbers/dto";
import { insertSender } from "@/lib/services/senders/create";
import { idSchema } from "@/lib/services/senders/fields";
import { refuseTooMany, requireDelivering } from "@/lib/services/senders/internal";
import { vouchFor } from "@/lib/services/senders/vouch";

export const NumberRef = z.strictObject({ numberId: idSchema });

/** A purchase takes seconds; one that is older than this is not at work any more. */
export const STALE_PURCHASE_SEC = 120;

/** R39: a number of one's own need only be possible. */
export const ownNumber = z
  .string()
  .max(64)
  .transform((typed, ctx): string => {
    const parsed = parsePhoneNumber(typed);
    const tight = typed.trim().replace(/[\s().-]/g, "");
    if (parsed.ok || E164.test(tight)) {
      return parsed.ok ? parsed.value.e164 : tight;
    }
    ctx.issues.push({ code: "custom", input: typed, params: { reason: `phone_${parsed.reason}` } });
    return z.NEVER;
  });

/** What the sender is to be called; an empty one is the number itself. */
export const senderName = singleLineText({ max: 255, min: 0 }).default("");

/** An account that texts go out through; one for mail fits no number. */
export async function findTextIntegration(tx: Tx, institutionId: string, id: string): Promise<{ row: Integration; type: ProviderType }> {
  const row = await tx.integration.findFirst({ where: { institutionId, id } });
  if (!row) {
    throw notFound();
  }
  if (row.channel !== "sms") {
    throw new AppError("validation", { fields: [{ path: "integrationId", code: "integration_channel" }] });
  }
  return { row, type: requireDelivering(row.provider) };
}

export interface NumberShop {
  integration: Integration;
  service: NumberService<Record<string, unknown>>;
  /** With its secrets: for the provider alone. */
  config: Record<string, unknown>;
}

/** The provider's shop for numbers, with the account opened. */
export async function openShop(tx: Tx, institutionId: string, integrationId: string): Promise<NumberShop> {
  const { row, type } = await findTextIntegration(tx, institutionId, integrationId);
  if (!type.numbers) {
    throw new AppError("precondition_failed", { reason: "noNumberShop" });
  }
  try {
    const secrets = openSecrets(row.secrets, integrationPlace(institutionId, row.id, row.secretsVersion));
    return { integration: row, service: type.numbers, config: { ...(row.config as Record<string, unknown>), ...secrets } };
  } catch (error) {
    throw error instanceof DecryptError ? new AppError("precondition_failed", { reason: "integrationUnreadable", cause: error }) : error;
  }
}

export async function readNumber(tx: Tx, institutionId: string, id: string): Promise<NumberDto> {
  const [row] = await tx.$queryRaw<NumberRow[]>`
    SELECT ${NUMBER_COLUMNS} FROM ${NUMBER_TABLES} WHERE n.institution_id = ${institutionId}::uuid AND n.id = ${id}::uuid`;
  if (!row) {
    throw notFound();
  }
  return toNumberDto(row);
}

/** The sender of a number that is there now: pending until it is proven (R49), or vouched for as one that is added by hand. */
export async function addSender(tx: Tx, ctx: Context, actor: Caller, number: PhoneNumber): Promise<void> {
  const { id } = await insertSender(tx, ctx, actor, {
    integrationId: number.integrationId,
    type: "sms",
    name: number.senderName || displayNumber(number.number),
    fromNumber: number.number,
    phoneNumberId: number.id,
    bound: true,
  });
  await vouchFor(tx, ctx, actor.institutionId, id);
}

/** The institution is locked: a number has one sender, and a deleted one leaves room for another. */
export async function ensureSender(tx: Tx, ctx: Context, actor: Caller, number: PhoneNumber): Promise<void> {
  const { institutionId } = actor;
  if ((await tx.sender.count({ where: { institutionId, phoneNumberId: number.id } })) === 0) {
    await refuseTooMany(tx, institutionId);
    await addSender(tx, ctx, actor, number);
  }
}

export async function auditNumber(
  tx: Tx,
  ctx: Context,
  number: Pick<PhoneNumber, "institutionId" | "id" | "number" | "integrationId">,
  event: {
    action: "number.bought" | "number.registered" | "number.purchase_lost" | "number.purchase_failed" | "number.deleted";
    reason?: string;
  },
): Promise<void> {
  const { institutionId, id, integrationId } = number;
  await audit(tx, institutionId, ctx, {
    action: event.action,
    object: { type: "phone_number", id },
    ...(event.reason ? { outcome: "failed" as const } : {}),
    after: { number: number.number, integration: integrationId, ...(event.reason ? { reason: event.reason } : {}) },
  });
}

/** Asks a provider. What comes back without an answer takes whole seconds, so that its time maps no network (R46). */
export async function askShop<T>(work: () => Promise<T>): Promise<T> {
  await endHeldUnit();
  const from = performance.now();
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderError && error.reason === "unreachable") {
      await untilWholeSecond(from);
    }
    throw error;
  }
}

const PROVIDER_CODES: Record<ProviderError["reason"], { code: ErrorCode; reason: string }> = {
  credentials_refused: { code: "precondition_failed", reason: "providerCredentials" },
  insufficient_funds: { code: "precondition_failed", reason: "providerFunds" },
  not_available: { code: "conflict", reason: "numberGone" },
  refused_by_policy: { code: "precondition_failed", reason: "providerPolicy" },
  unreachable: { code: "unavailable", reason: "providerUnreachable" },
  unexpected_answer: { code: "unavailable", reason: "providerAnswer" },
};

/** What the provider said, in our words. */
export function providerFailure(error: unknown): AppError {
  if (!(error instanceof ProviderError)) {
    throw error;
  }
  const { code, reason } = PROVIDER_CODES[error.reason];
  return new AppError(code, { reason, cause: error });
}
