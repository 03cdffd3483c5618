import { isIPv6 } from "node:net";

/** What a limit per address counts: an IPv4 address, or the /64 that one IPv6 customer has to himself (R25). */
export function addressBucket(address: string): string {
  if (!isIPv6(address)) {
    return address;
  }
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const all = [...left, ...new Array<string>(gap).fill("0"), ...right];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}

/** A dotted quad at the end stands for two groups; which ones does not matter to a /64. */
function groups(part: string): string[] {
  return part.split(":").flatMap((group) => (group === "" ? [] : group.includes(".") ? ["0", "0"] : [group]));
}
