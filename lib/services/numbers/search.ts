import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { NumberOffer } from "@/lib/channels/providers/define";
import { isCountry } from "@/lib/core/countries";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { enforceLimit } from "@/lib/services/limits/hit";
import { askShop, openShop, providerFailure } from "@/lib/services/numbers/internal";
import { idSchema } from "@/lib/services/senders/fields";

const MOST = 20;

export const SearchNumbersInput = z.strictObject({
  integrationId: idSchema,
  country: z.string().refine(isCountry),
  /** Digits that it should hold. */
  contains: z
    .string()
    .trim()
    .regex(/^[\d ]{0,10}$/)
    .default(""),
});

/** What the provider has to sell; it is asked outside of any transaction. */
export async function searchNumbers(ctx: Context, raw: unknown): Promise<{ items: NumberOffer[] }> {
  const { institutionId } = requirePermission(ctx, "number:write");
  const { integrationId, country, contains } = parseInput(SearchNumbersInput, raw);
  const shop = await inInstitution(institutionId, (tx) => openShop(tx, institutionId, integrationId));
  await enforceLimit(`numbers:search:${institutionId}`, env().limits.numberSearchesPerInstitutionHour, "numberSearches");
  try {
    const wanted = { country, contains: contains.replaceAll(" ", ""), limit: MOST };
    return { items: await askShop(() => shop.service.search(shop.config, wanted, env().reach)) };
  } catch (error) {
    throw providerFailure(error);
  }
}
