import { CHAT_PROVIDERS, IN_APP_PROVIDERS } from "@/lib/channels/providers/catalogue/chat";
import type { CatalogueEntry, CredentialForm } from "@/lib/channels/providers/catalogue/define";
import { EMAIL_PROVIDERS } from "@/lib/channels/providers/catalogue/email";
import { PUSH_PROVIDERS } from "@/lib/channels/providers/catalogue/push";
import { SMS_PROVIDERS } from "@/lib/channels/providers/catalogue/sms";
import { providerType } from "@/lib/channels/providers/registry";

/** Every provider that an account can be kept of, whether or not it can deliver here: the only closed list of them. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...EMAIL_PROVIDERS,
  ...SMS_PROVIDERS,
  ...PUSH_PROVIDERS,
  ...CHAT_PROVIDERS,
  ...IN_APP_PROVIDERS,
];

const byId = new Map(CATALOGUE.map((entry) => [entry.id, entry]));
const byProvider = new Map(CATALOGUE.map((entry) => [entry.form.id, entry]));

/** By the name that the world gives it. */
export function catalogueEntry(id: string): CatalogueEntry | undefined {
  return byId.get(id);
}

/** By an integration's provider; undefined for those that exist here alone. */
export function entryOf(provider: string): CatalogueEntry | undefined {
  return byProvider.get(provider);
}

/** What an integration of a provider asks for; undefined: it is no longer known. */
export function credentialForm(provider: string): CredentialForm | undefined {
  return providerType(provider) ?? byProvider.get(provider)?.form;
}
