import type { ContactPointType } from "@/lib/channels/define";
import { parseKeyring } from "@/lib/crypto/keyring";
import { lookupHash, lookupHashes } from "@/lib/crypto/lookup-hash";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";

const peppers = () => parseKeyring(env().codePeppers, "CODE_PEPPERS");

/** "This was not me" (R15): nothing of this institution goes to that address for a while. */
export async function suppress(tx: Tx, institutionId: string, type: ContactPointType, address: string, reason: string): Promise<void> {
  const hash = lookupHash(peppers(), "suppression", institutionId, type.countingKey(address));
  await tx.$executeRaw`
    INSERT INTO suppression (institution_id, type, address_hash, reason, until)
    VALUES (${institutionId}::uuid, ${type.id}, ${hash}, ${reason}, now() + make_interval(days => ${env().limits.suppressionDays}))
    ON CONFLICT (institution_id, type, address_hash) DO UPDATE SET until = excluded.until, reason = excluded.reason`;
}

/** What a suppression of this address may stand under; one for each readable pepper. */
export function suppressionHashes(institutionId: string, type: ContactPointType, address: string): string[] {
  return lookupHashes(peppers(), "suppression", institutionId, type.countingKey(address));
}

export async function isSuppressed(tx: Tx, institutionId: string, type: ContactPointType, address: string): Promise<boolean> {
  const hashes = suppressionHashes(institutionId, type, address);
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM suppression
     WHERE institution_id = ${institutionId}::uuid AND type = ${type.id} AND address_hash = ANY(${hashes}::text[]) AND until > now()`;
  return rows.length > 0;
}
