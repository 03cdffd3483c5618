import { addressBucket } from "@/lib/core/address-bucket";
import { parseEmailAddress } from "@/lib/core/email-address";
import { parseKeyring } from "@/lib/crypto/keyring";
import { lookupHash } from "@/lib/crypto/lookup-hash";
import { env } from "@/lib/env";
import { enforceLimit } from "@/lib/services/limits/hit";
import { refund } from "@/lib/services/limits/refund";

/**
 * R33: counts a try before the password is looked at, so that parallel tries cannot outrun the count.
 * The key is made of what was typed, so an address without an account is throttled like any other.
 * Returns what takes the count back once the password was right.
 */
export async function countPasswordTry(email: string, ip: string | null): Promise<() => Promise<void>> {
  const { signInsPerAccount, signInsPerIp } = env().limits;
  const account = `sign-in:account:${accountHash(email)}`;
  const client = `sign-in:ip:${addressBucket(ip ?? "unknown")}`;
  await enforceLimit(client, signInsPerIp, "signInLimit");
  await enforceLimit(account, signInsPerAccount, "signInLimit");
  return async () => {
    await refund(client, signInsPerIp);
    await refund(account, signInsPerAccount);
  };
}

/** Stands for an account in a limiter's key, whether the account exists or not. */
export function accountHash(email: string): string {
  const parsed = parseEmailAddress(email);
  return lookupHash(
    parseKeyring(env().codePeppers, "CODE_PEPPERS"),
    "account",
    parsed.ok ? parsed.value.comparisonKey : email.toLowerCase(),
  );
}
