/** The browsers' push services (R40). A star stands for one or more labels. */
const KNOWN_HOSTS = ["fcm.googleapis.com", "*.push.apple.com", "*.notify.windows.com", "updates.push.services.mozilla.com"];
const LONGEST = 2048;
/** What has no need of an escape and would be a second spelling of the same address. */
const NEEDLESS_ESCAPE = /%(?:2[de]|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/i;

/** Why a URL cannot be the endpoint of a push subscription; null: it can. */
export function endpointProblem(text: string, hosts: readonly string[]): string | null {
  if (text.length > LONGEST) {
    return "too_long";
  }
  const url = URL.parse(text);
  if (url === null) {
    return "invalid";
  }
  if (url.protocol !== "https:" || url.port !== "") {
    return "push_https";
  }
  if (![...KNOWN_HOSTS, ...hosts].some((pattern) => isHost(url.hostname, pattern))) {
    return "push_host";
  }
  // the spelling that a browser gives: no port or user, no backslash or tab that a parser would drop, nothing behind a #
  const { href, username, password } = url;
  return href !== text || username !== "" || password !== "" || text.includes("#") || NEEDLESS_ESCAPE.test(text) ? "invalid" : null;
}

/** One value for both cases of an escape's letters. */
export function endpointKey(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (hex) => hex.toUpperCase());
}

function isHost(host: string, pattern: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) && host.length >= pattern.length : host === pattern;
}
