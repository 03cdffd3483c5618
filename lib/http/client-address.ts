import { isIP } from "node:net";

/** The client's address as the edge wrote it. */
export function clientAddress(headers: Headers): string {
  return headers.get("x-forwarded-for") ?? "unknown";
}

/**
 * The first hop that none of our proxies vouches for (R25). Each trusted proxy added the address that it saw at the
 * right end, so what stands further left was sent by the client itself and counts for nothing.
 */
export function untrustedHop(socketAddress: string | undefined, forwardedFor: string | undefined, trustedProxies: number): string {
  const forwarded = trustedProxies === 0 || forwardedFor === undefined ? [] : forwardedFor.split(",").reverse();
  let client = plainAddress(socketAddress ?? "") ?? "unknown";
  for (const hop of forwarded.slice(0, trustedProxies)) {
    const address = plainAddress(hop);
    if (address === null) {
      break;
    }
    client = address;
  }
  return client;
}

/** Without port, brackets or zone, and IPv4 as IPv4 however it is wrapped; null for what is no address. */
function plainAddress(text: string): string | null {
  const trimmed = text.trim();
  const bare = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(trimmed)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(trimmed)?.[1] ?? trimmed;
  const unwrapped = bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "").replace(/%.*$/, "");
  return isIP(unwrapped) === 0 ? null : unwrapped.toLowerCase();
}
