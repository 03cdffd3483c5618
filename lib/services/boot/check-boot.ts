import { checkCanary } from "@/lib/crypto/canary";
import { parseKeyring } from "@/lib/crypto/keyring";
import { assertRole, BootError } from "@/lib/db/assert-role";
import { outsideInstitutions } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { CANARY, CANARY_LOCK } from "@/lib/services/secrets/canary";

/** What has to hold before anything is served or sent. Throws BootError, or what the database says. */
export async function checkBoot(): Promise<void> {
  await assertRole();
  await checkSecrets();
}

/** R51: a key that is missing stops the start, before it shows blanks in place of secrets. */
async function checkSecrets(): Promise<void> {
  const keyring = parseKeyring(env().secretsKeys, "SECRETS_KEYS");
  await outsideInstitutions(async (tx) => {
    // two processes that start at once would each overwrite the other's line
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(${CANARY_LOCK}::bigint)) AS locked`;
    const fact = await tx.appFact.findUnique({ where: { name: CANARY } });
    const check = checkCanary(keyring, fact?.value ?? null);
    if (!check.ok) {
      throw new BootError(
        check.kid === null
          ? "SECRETS_KEYS could not be checked: what is stored to check them with is damaged"
          : `SECRETS_KEYS lacks the key "${check.kid}", or has another one under that name; stored secrets need it`,
      );
    }
    if (check.toStore !== undefined) {
      await tx.$executeRaw`
        INSERT INTO app_fact (name, value) VALUES (${CANARY}, ${check.toStore})
        ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()`;
    }
  });
}
