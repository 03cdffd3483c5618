import type { Context } from "@/lib/auth/actor";
import type { IntegrationDto } from "@/lib/services/integrations/dto";
import { listIntegrations } from "@/lib/services/integrations/list";

const LIMIT = 100;

/** The institution's accounts for a choice, by their names: all, or those that are wanted. */
export async function accountChoices(ctx: Context, isWanted: (account: IntegrationDto) => boolean = () => true) {
  const accounts: IntegrationDto[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await listIntegrations(ctx, { limit: LIMIT, after });
    accounts.push(...items.filter(isWanted));
    after = next ?? undefined;
  } while (after !== undefined);
  const sorted = accounts.toSorted((one, other) => one.name.localeCompare(other.name, ctx.request.locale));
  return sorted.map(({ id, name, identifier }) => ({ value: id, label: `${name} (${identifier})` }));
}
