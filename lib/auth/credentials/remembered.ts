/** Across processes, a revoked credential is good for this long at most (R52). */
const SECONDS = 5;
const ENTRIES_MAX = 10_000;

interface Found<T> {
  value: T;
  credentialId: string;
  /** Its own end, if it has one. */
  until: Date | null;
}

interface Entry {
  value: unknown;
  credentialId: string;
  until: number;
}

// A bundler makes several copies of this module, and what one forgets all must forget.
const holder = globalThis as unknown as { reachableCredentials?: Map<string, Entry> };
holder.reachableCredentials ??= new Map();
const entries = holder.reachableCredentials;

/** What was found for `key` within the last seconds, or what `find` finds now. Nothing found is not remembered. */
export async function remembered<T>(key: string, find: () => Promise<Found<T> | null>): Promise<T | null> {
  const known = entries.get(key);
  if (known && known.until > Date.now()) {
    return known.value as T;
  }
  entries.delete(key);
  const asked = Date.now();
  const found = await find();
  if (found === null) {
    return null;
  }
  if (entries.size >= ENTRIES_MAX) {
    entries.clear();
  }
  entries.set(key, {
    value: found.value,
    credentialId: found.credentialId,
    until: Math.min(asked + SECONDS * 1000, found.until?.getTime() ?? Number.POSITIVE_INFINITY),
  });
  return found.value;
}

/** Called by whoever revokes one: in this process it is over with its next request. */
export function forgetCredential(credentialId: string): void {
  for (const [key, entry] of entries) {
    if (entry.credentialId === credentialId) {
      entries.delete(key);
    }
  }
}
