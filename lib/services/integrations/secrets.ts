import { parseKeyring } from "@/lib/crypto/keyring";
import { openText, type SealedPlace, seal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";

/** The values of a provider's secret fields, opened. */
export type Secrets = Record<string, string>;

/** When a secret was set, and by whom: all that anybody ever sees of it. */
export type SecretFacts = Record<string, { at: string; byId: string | null }>;

/** Where an integration's secrets are sealed (R50). */
export function integrationPlace(institutionId: string, rowId: string, version: number): SealedPlace {
  return { table: "integration", institutionId, rowId, field: "secrets", version };
}

/** Where those of a sender's last proven configuration are. */
export function provenPlace(institutionId: string, rowId: string, revision: number): SealedPlace {
  return { table: "sender", institutionId, rowId, field: "provenSecrets", version: revision };
}

export function sealSecrets(secrets: Secrets, place: SealedPlace): string | null {
  return Object.keys(secrets).length === 0 ? null : seal(keyring(), JSON.stringify(secrets), place);
}

/** Throws DecryptError where they do not open. */
export function openSecrets(sealed: string | null, place: SealedPlace): Secrets {
  return sealed === null ? {} : (JSON.parse(openText(keyring(), sealed, place)) as Secrets);
}

/** The facts after a change: each new secret's are of now, those of secrets that are gone go with them. */
export function factsAfter(facts: SecretFacts, secrets: Secrets, renewed: readonly string[], byId: string | null, at: Date): SecretFacts {
  const now = { at: at.toISOString(), byId };
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, renewed.includes(name) ? now : (facts[name] ?? now)]));
}

function keyring() {
  return parseKeyring(env().secretsKeys, "SECRETS_KEYS");
}
