import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { providerType } from "@/lib/channels/providers/registry";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { NumberDto } from "@/lib/services/numbers/dto";
import { inboundUrl, NumberRef, readNumber } from "@/lib/services/numbers/internal";

/** One number, with where its provider is to post incoming texts; null where the provider posts none that can be trusted. */
export async function getNumber(ctx: Context, raw: unknown): Promise<NumberDto & { inboundUrl: string | null }> {
  const { institutionId } = requirePermission(ctx, "number:read");
  const { numberId } = parseInput(NumberRef, raw);
  const number = await inInstitution(institutionId, (tx) => readNumber(tx, institutionId, numberId));
  const reads = providerType(number.integration.provider)?.numbers !== undefined;
  return { ...number, inboundUrl: reads ? inboundUrl(number.integration) : null };
}
