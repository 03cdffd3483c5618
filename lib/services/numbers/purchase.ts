import type { Caller, Context } from "@/lib/auth/actor";
import { type BoughtNumber, ProviderError } from "@/lib/channels/providers/define";
import { AppError } from "@/lib/core/errors";
import type { PhoneNumber } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { enforceLimit } from "@/lib/services/limits/hit";
import { inboundUrl, type NumberDto } from "@/lib/services/numbers/dto";
import { addSender, askShop, auditNumber, openShop, providerFailure, readNumber } from "@/lib/services/numbers/internal";

/** Each asks a provider's server, which is the institution's own choice: a few an hour, however they end. */
export async function limitPurchases(institutionId: string): Promise<void> {
  await enforceLimit(`numbers:buy:${institutionId}`, env().limits.numberPurchasesPerInstitutionHour, "numberPurchases");
}

/** After these nobody knows whether it was bought. */
const UNCLEAR: ReadonlySet<ProviderError["reason"]> = new Set(["unreachable", "unexpected_answer"]);

/**
 * Asks the provider for a claimed number and writes down what became of it. Providers sell a number once and tell an
 * account what it owns, so asking again is safe.
 */
export async function purchase(ctx: Context, actor: Caller, claimed: PhoneNumber, again = false): Promise<NumberDto> {
  const { institutionId } = actor;
  const { integration, service, config } = await inInstitution(institutionId, (tx) => openShop(tx, institutionId, claimed.integrationId));
  const options = { webhookUrl: inboundUrl(integration), reference: claimed.id };
  let bought: BoughtNumber;
  try {
    bought = await askShop(() => service.buy(config, claimed.number, options, env().reach));
  } catch (error) {
    const failure = providerFailure(error);
    const reason = error instanceof ProviderError ? error.reason : "unexpected_answer";
    const unclear = UNCLEAR.has(reason);
    // of an earlier attempt, only that it is neither for sale nor ours says that it was not bought
    const lost = unclear || (again && reason !== "not_available");
    await (lost ? markLost(ctx, claimed, reason) : giveUp(ctx, claimed, reason));
    throw unclear ? new AppError("unavailable", { reason: "numberPurchaseLost", cause: failure }) : failure;
  }
  return inInstitution(institutionId, async (tx) => {
    const settled = await tx.$queryRaw<unknown[]>`
      UPDATE phone_number SET state = 'active', provider_reference = ${bought.providerReference}, webhook_set = ${bought.webhookSet}, verified_at = now(), updated_at = now()
       WHERE institution_id = ${institutionId}::uuid AND id = ${claimed.id}::uuid AND state <> 'active' RETURNING id`;
    // whoever asked at the same time has written it down already
    if (settled.length > 0) {
      await auditNumber(tx, ctx, claimed, { action: "number.bought" });
      await addSender(tx, ctx, actor, claimed);
    }
    return readNumber(tx, institutionId, claimed.id);
  });
}

async function markLost(ctx: Context, claimed: PhoneNumber, reason: string): Promise<void> {
  const { institutionId, id } = claimed;
  await inInstitution(institutionId, async (tx) => {
    const marked = await tx.$queryRaw<unknown[]>`
      UPDATE phone_number SET state = 'lost', updated_at = now()
       WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid AND state <> 'active' RETURNING id`;
    if (marked.length > 0) {
      await auditNumber(tx, ctx, claimed, { action: "number.purchase_lost", reason });
    }
  });
}

async function giveUp(ctx: Context, claimed: PhoneNumber, reason: string): Promise<void> {
  const { institutionId, id } = claimed;
  await inInstitution(institutionId, async (tx) => {
    const removed = await tx.$queryRaw<unknown[]>`
      DELETE FROM phone_number WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid AND state <> 'active' RETURNING id`;
    if (removed.length > 0) {
      await auditNumber(tx, ctx, claimed, { action: "number.purchase_failed", reason });
    }
  });
}
