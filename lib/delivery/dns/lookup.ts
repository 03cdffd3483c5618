import { Resolver } from "node:dns/promises";

/** What the name servers said: something, nothing, or nothing that can be relied on. */
export type Answer<T> =
  | { kind: "found"; values: T[] }
  | { kind: "none"; nameExists: boolean }
  | { kind: "unclear"; reason: "timeout" | "failed" };

export interface Dns {
  /** Each record's strings put together, as mail programs read them. */
  txt(name: string): Promise<Answer<string>>;
  cname(name: string): Promise<Answer<string>>;
  /** The names of the mail servers, most wanted first. */
  mx(name: string): Promise<Answer<string>>;
}

interface Options {
  /** Addresses with or without a port; none: those of this machine. */
  servers: readonly string[];
  /** Ends every lookup that is under way. */
  signal?: AbortSignal;
  timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const FIRST_TRY_MS = 1_500;

/** Lookups that end by their own deadline and never throw for what the network or the other side does. */
export function openDns({ servers, signal, timeoutMs = TIMEOUT_MS }: Options): Dns {
  const ask = <T, V>(run: (resolver: Resolver) => Promise<T[]>, value: (record: T) => V) =>
    lookUp({ servers, signal, timeoutMs }, async (resolver) => (await run(resolver)).map(value));
  return {
    txt: (name) =>
      ask(
        (resolver) => resolver.resolveTxt(name),
        (strings) => strings.join(""),
      ),
    cname: (name) =>
      ask(
        (resolver) => resolver.resolveCname(name),
        (target) => target,
      ),
    mx: (name) =>
      ask(
        async (resolver) => (await resolver.resolveMx(name)).sort((a, b) => a.priority - b.priority),
        ({ exchange }) => exchange,
      ),
  };
}

interface Bounds {
  servers: readonly string[];
  signal: AbortSignal | undefined;
  timeoutMs: number;
}

/** A resolver of its own for each lookup: to cancel one of them would cancel all that share it. */
async function lookUp<V>({ servers, signal, timeoutMs }: Bounds, run: (resolver: Resolver) => Promise<V[]>): Promise<Answer<V>> {
  if (signal?.aborted) {
    return { kind: "unclear", reason: "timeout" };
  }
  const resolver = new Resolver({ timeout: Math.min(FIRST_TRY_MS, timeoutMs), tries: 2 });
  const cancel = () => resolver.cancel();
  const timer = setTimeout(cancel, timeoutMs);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    if (servers.length > 0) {
      resolver.setServers(servers);
    }
    const values = await run(resolver);
    return values.length > 0 ? { kind: "found", values } : { kind: "none", nameExists: true };
  } catch (error) {
    return withoutAnswer(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", cancel);
  }
}

function withoutAnswer(error: unknown): { kind: "none"; nameExists: boolean } | { kind: "unclear"; reason: "timeout" | "failed" } {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENODATA":
      return { kind: "none", nameExists: true };
    case "ENOTFOUND":
    case "EBADNAME":
      return { kind: "none", nameExists: false };
    case "ETIMEOUT":
    case "ECANCELLED":
      return { kind: "unclear", reason: "timeout" };
    default:
      return { kind: "unclear", reason: "failed" };
  }
}
