import { BlockList, isIP, isIPv4, SocketAddress } from "node:net";
import { domainToASCII } from "node:url";

/** How a host was written: a name to look up, an address, or something that other programs read as an address. */
export type Host = { kind: "name" | "address"; host: string } | { kind: "refused" };

const NOT_GLOBAL_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
// Nothing outside of it is routed: loopback, mapped, compatible, NAT64, unique local, link-local, multicast.
const GLOBAL_V6 = ["2000::/3"];
// Teredo and other protocol assignments, documentation, 6to4.
const NOT_GLOBAL_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const LONGEST_NAME = 253;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
// Resolvers of C libraries read such an end as a number, and the whole as an address: 127.1, 0x7f.1, 2130706433.
const NUMERIC = /^(?:\d+|0x[\da-f]*)$/;

const notGlobalV4 = cidrs(NOT_GLOBAL_V4);
const globalV6 = cidrs(GLOBAL_V6);
const notGlobalV6 = cidrs(NOT_GLOBAL_V6);

/** Whether an address belongs to the public internet (R46). */
export function isGlobal(address: string): boolean {
  if (isIPv4(address)) return !notGlobalV4.check(address, "ipv4");
  return isIP(address) === 6 && globalV6.check(address, "ipv6") && !notGlobalV6.check(address, "ipv6");
}

/** Public, or opened by the operator. */
export function isAllowed(address: string, allowCidrs: readonly string[]): boolean {
  return isGlobal(address) || isOpened(address, allowCidrs);
}

/** Inside one of the operator's CIDRs; a mapped address counts as the IPv4 address that it stands for. */
export function isOpened(address: string, allowCidrs: readonly string[]): boolean {
  return isIP(address) !== 0 && cidrs(allowCidrs).check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/** Reads a host in the one spelling that every program understands alike; addresses come back in their usual form. */
export function readHost(text: string): Host {
  if (isIP(text) !== 0) return readAddress(text);
  // Only names beyond ASCII are mapped, so that nothing numeric is turned into an address here.
  const host = /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : domainToASCII(text);
  const labels = host.split(".");
  const wellFormed = host.length <= LONGEST_NAME && labels.every((label) => LABEL.test(label));
  return wellFormed && !NUMERIC.test(labels.at(-1) ?? "") ? { kind: "name", host } : { kind: "refused" };
}

function readAddress(text: string): Host {
  if (text.includes("%")) return { kind: "refused" };
  const family = isIPv4(text) ? "ipv4" : "ipv6";
  return { kind: "address", host: new SocketAddress({ address: text, family }).address };
}

function cidrs(list: readonly string[]): BlockList {
  const block = new BlockList();
  for (const cidr of list) {
    const [address = "", prefix] = cidr.split("/");
    block.addSubnet(address, Number(prefix), isIPv4(address) ? "ipv4" : "ipv6");
  }
  return block;
}
