import type { Context } from "@/lib/auth/actor";
import { providerType } from "@/lib/channels/providers/registry";
import { listIntegrations } from "@/lib/services/integrations/list";

/** The accounts that texts go out through, for a choice; `shops`: those that numbers can be bought of. */
export async function textIntegrations(ctx: Context, shops = false): Promise<Array<{ value: string; label: string }>> {
  const { items } = await listIntegrations(ctx, { channel: "sms", limit: 100 });
  const fit = shops ? items.filter(({ provider }) => providerType(provider)?.numbers) : items.filter(({ delivers }) => delivers);
  return fit.map(({ id, name }) => ({ value: id, label: name }));
}
