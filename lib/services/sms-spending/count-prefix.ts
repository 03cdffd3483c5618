import { parseKeyring } from "@/lib/crypto/keyring";
import { lookupHash } from "@/lib/crypto/lookup-hash";
import type { Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { hit } from "@/lib/services/limits/hit";

/** Numbers that differ in these alone are likely one buyer's (R28). */
const OPEN_DIGITS = 4;

export interface CountedPrefix {
  suppressed: boolean;
  /** The institution's own texts are too many; else it is others' that fill the prefix, and nobody may learn that (R16). */
  heldByPrefix: boolean;
}

/** R28: counts a text against its number's prefix, over all institutions and for this one. */
export async function countPrefix(institutionId: string, e164: string, tx?: Tx): Promise<CountedPrefix> {
  const rate = env().limits.textsPerPrefixHour;
  const prefix = lookupHash(parseKeyring(env().codePeppers, "CODE_PEPPERS"), "prefix", e164.slice(0, -OPEN_DIGITS));
  const all = await hit(`sms:prefix:${prefix}`, rate, tx);
  const own = await hit(`sms:prefix:${institutionId}:${prefix}`, rate, tx);
  return { suppressed: !all.allowed || !own.allowed, heldByPrefix: !own.allowed };
}
