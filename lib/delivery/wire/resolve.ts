import { Resolver } from "node:dns/promises";
import { isIPv4 } from "node:net";
import type { Reach } from "@/lib/channels/providers/define";
import type { DeliveryReason } from "@/lib/delivery/result";
import { isAllowed, readHost } from "@/lib/delivery/wire/address-policy";
import { hostsFileAddresses } from "@/lib/delivery/wire/hosts-file";

export type ResolveFailure = "host_unknown" | "dns_failed" | "dns_timeout" | "refused_by_policy" | "port_not_allowed";

export type Resolution =
  | { ok: true; host: string; a: string[]; aaaa: string[]; addresses: string[] }
  /** What was found but may not be reached is left out: an inside address is nobody's business (R46). */
  | { ok: false; reason: ResolveFailure };

export type Lookup = (name: string) => Promise<{ a: string[]; aaaa: string[] }>;

export interface ResolveOptions {
  signal?: AbortSignal | undefined;
  /** Asked in place of DNS. */
  lookup?: Lookup | undefined;
}

const DNS_TIMEOUT_MS = 5_000;
const FIRST_TRY_MS = 1_500;
const MAX_ADDRESSES = 6;
const MAIL_PORTS = [25, 465, 587, 2465, 2525, 2587];
const WEB_PORTS = [443];

/** A mail server's checked addresses. */
export function resolveMailHost(host: string, port: number, reach: Reach, options?: ResolveOptions): Promise<Resolution> {
  return resolveOn(MAIL_PORTS, host, port, reach, options);
}

/** A provider's checked addresses. */
export function resolveWebHost(host: string, port: number, reach: Reach, options?: ResolveOptions): Promise<Resolution> {
  return resolveOn(WEB_PORTS, host, port, reach, options);
}

/** The same as a delivery says it. */
export function deliveryReason(failure: ResolveFailure): DeliveryReason {
  return failure === "refused_by_policy" || failure === "port_not_allowed" ? "refused_by_policy" : "dns_failed";
}

async function resolveOn(ports: number[], text: string, port: number, reach: Reach, options: ResolveOptions = {}): Promise<Resolution> {
  const host = readHost(text);
  if (host.kind === "refused") return { ok: false, reason: "refused_by_policy" };
  if (!ports.includes(port) && !reach.allowPorts.includes(port)) return { ok: false, reason: "port_not_allowed" };
  try {
    const found = host.kind === "address" ? sort([host.host]) : await find(host.host, reach, options);
    return judge(host.host, found, reach);
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

function judge(host: string, { a, aaaa }: Found, reach: Reach): Resolution {
  const all = [...a, ...aaaa];
  if (all.length === 0) return { ok: false, reason: "host_unknown" };
  // One inside address among public ones is enough: which of them is used would be left to chance.
  if (!all.every((address) => isAllowed(address, reach.allowCidrs))) return { ok: false, reason: "refused_by_policy" };
  return { ok: true, host, a, aaaa, addresses: alternate(a, aaaa).slice(0, MAX_ADDRESSES) };
}

type Found = { a: string[]; aaaa: string[] };

async function find(name: string, reach: Reach, options: ResolveOptions): Promise<Found> {
  // RFC 6761: these never go to a DNS server, and mean this machine.
  if (name === "localhost" || name.endsWith(".localhost")) return sort(["127.0.0.1"]);
  const own = await hostsFileAddresses(name);
  if (own.length > 0) return sort(own);
  return options.lookup ? options.lookup(name) : askDns(name, reach.dnsServers ?? [], options.signal);
}

async function askDns(name: string, servers: readonly string[], signal: AbortSignal | undefined): Promise<Found> {
  const resolver = new Resolver({ timeout: FIRST_TRY_MS, tries: 3 });
  if (servers.length > 0) resolver.setServers(servers);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    resolver.cancel();
  }, DNS_TIMEOUT_MS);
  const callOff = () => resolver.cancel();
  signal?.addEventListener("abort", callOff, { once: true });
  try {
    signal?.throwIfAborted();
    const [a, aaaa] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const found = { a: a.status === "fulfilled" ? a.value : [], aaaa: aaaa.status === "fulfilled" ? aaaa.value : [] };
    // An answer for one family is enough, whatever became of the other: only what was found and checked is used.
    if (found.a.length + found.aaaa.length > 0) return found;
    throw late ? Object.assign(new Error("late"), { code: "ETIMEOUT" }) : worst(a, aaaa);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", callOff);
  }
}

/** Of two failures the one that does not say that there is no such name. */
function worst(...settled: PromiseSettledResult<unknown>[]): unknown {
  const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  return failures.find((failure) => reasonOf(failure) !== "host_unknown") ?? failures[0];
}

function reasonOf(error: unknown): ResolveFailure {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOTFOUND" || code === "ENODATA" || code === "EBADNAME") return "host_unknown";
  return code === "ETIMEOUT" ? "dns_timeout" : "dns_failed";
}

function sort(addresses: string[]): Found {
  return { a: addresses.filter((one) => isIPv4(one)), aaaa: addresses.filter((one) => !isIPv4(one)) };
}

/** IPv4, IPv6, IPv4, …: a family that does not work costs one try. */
function alternate(a: string[], aaaa: string[]): string[] {
  const longest = Math.max(a.length, aaaa.length);
  return Array.from({ length: longest }, (_, index) => [a[index], aaaa[index]])
    .flat()
    .filter((address) => address !== undefined);
}
