import type { Context } from "@/lib/auth/actor";
import { listIntegrations } from "@/lib/services/integrations/list";

const CHOICES_MAX = 100;

/** The institution's accounts, for a choice. */
export async function accountChoices(ctx: Context): Promise<Array<{ value: string; label: string }>> {
  const { items } = await listIntegrations(ctx, { limit: CHOICES_MAX });
  return items.map(({ id, name, identifier }) => ({ value: id, label: `${name} (${identifier})` }));
}
