import type { ProviderType } from "@/lib/channels/providers/define";

/** Every provider there is that can deliver: the only closed list of them. */
export const PROVIDER_TYPES = [] as unknown as readonly ProviderType[];

const byId = new Map(PROVIDER_TYPES.map((type) => [type.id, type]));

/** The provider of that id, or undefined: a row whose provider is no longer known must not break a list. */
export function providerType(id: string): ProviderType | undefined {
  return byId.get(id);
}
