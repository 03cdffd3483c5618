import { SECRET_MASK } from "@/lib/channels/secret-mask";
import type { SubscriptionType } from "@/lib/channels/subscriptions/define";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText, type SealedPlace, seal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";

export type Settings = Record<string, unknown>;

/** What is kept of a subscription's settings as it is, and what is sealed. */
export function partsOf(type: SubscriptionType, settings: Settings): { plain: Settings; secrets: Settings } {
  const isSecret = (name: string) => (type.secret as readonly string[]).includes(name);
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return {
    plain: Object.fromEntries(given.filter(([name]) => !isSecret(name))),
    secrets: Object.fromEntries(given.filter(([name]) => isSecret(name))),
  };
}

/** With every secret as its mask, whether or not there is one that would open. */
export function maskedSettings(type: SubscriptionType | undefined, plain: Settings, hasSecrets: boolean): Settings {
  const names = hasSecrets ? (type?.secret ?? []) : [];
  return { ...plain, ...Object.fromEntries(names.map((name) => [name, SECRET_MASK])) };
}

/** Where a subscription's secret settings are sealed (R50). */
export function subscriptionPlace(institutionId: string, rowId: string, version: number): SealedPlace {
  return { table: "subscription", institutionId, rowId, field: "secrets", version };
}

/** Where what an application keeps for a person and channel is. */
export function settingsPlace(institutionId: string, rowId: string, version: number): SealedPlace {
  return { table: "subscription_settings", institutionId, rowId, field: "settings", version };
}

export function sealJson(value: Settings, place: SealedPlace): string {
  return seal(keyring(), JSON.stringify(value), place);
}

/** Throws DecryptError where it does not open. */
export function openJson(sealed: string, place: SealedPlace): Settings {
  return JSON.parse(openText(keyring(), sealed, place)) as Settings;
}

function keyring() {
  return parseKeyring(env().secretsKeys, "SECRETS_KEYS");
}
