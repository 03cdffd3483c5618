/** Across processes, a revoked credential is good for this long at most (R52). */
const SECONDS = 5;
const ENTRIES_MAX = 10_000;

interface Found<T> {
  value: T;
  /** The credential, and whoever it acts as: what ends one of them ends this. */
  about: readonly (string | null)[];
  /** Its own end, if it has one. */
  until: Date | null;
}

interface Entry {
  value: unknown;
  about: readonly (string | null)[];
  until: number;
}

interface Memory {
  entries: Map<string, Entry>;
  /** Forgotten lately, and until when nothing about it is remembered. */
  forgotten: Map<string, number>;
}

// A bundler makes several copies of this module, and what one forgets all must forget.
const holder = globalThis as unknown as { reachableCredentials?: Memory };
holder.reachableCredentials ??= { entries: new Map(), forgotten: new Map() };
const { entries, forgotten } = holder.reachableCredentials;

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
  // what was read before a revocation is committed must not outlive it
  if (found.about.some((id) => id !== null && (forgotten.get(id) ?? 0) > asked)) {
    return found.value;
  }
  if (entries.size >= ENTRIES_MAX) {
    entries.clear();
  }
  const { value, about, until } = found;
  entries.set(key, { value, about, until: Math.min(asked + SECONDS * 1000, until?.getTime() ?? Number.POSITIVE_INFINITY) });
  return value;
}

/**
 * Called by whoever revokes a credential, or changes what the person behind it may do: in this process the next request
 * asks the database. Takes the id of the credential or of the person.
 */
export function forgetCredential(id: string): void {
  const now = Date.now();
  for (const [key, entry] of entries) {
    if (entry.about.includes(id)) {
      entries.delete(key);
    }
  }
  for (const [old, until] of forgotten) {
    if (until <= now) {
      forgotten.delete(old);
    }
  }
  forgotten.set(id, now + SECONDS * 1000);
}
