import { createHmac, timingSafeEqual } from "node:crypto";

// Anybody may post here, and sorting is work: no text of Twilio's comes near.
const MAX_FIELDS = 500;

/**
 * X-Twilio-Signature: HMAC-SHA1 with the auth token over the URL and, sorted by name, each posted field's name and value.
 * Twilio signs some URLs with the standard port and some without, so either will do.
 */
export function isSignedByTwilio(authToken: string, url: string, fields: URLSearchParams, given: string | null): boolean {
  if (!URL.canParse(url) || fields.size > MAX_FIELDS) return false;
  const written = write(fields);
  // No short cut: how many spellings were compared must not show in the time.
  return spellings(new URL(url))
    .map((each) => sameText(given ?? "", sign(authToken, each + written)))
    .includes(true);
}

function spellings(url: URL): string[] {
  const rest = `${url.pathname}${url.search}`;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return [`${url.protocol}//${url.hostname}${rest}`, `${url.protocol}//${url.hostname}:${port}${rest}`];
}

function write(fields: URLSearchParams): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of fields) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const names = [...values.keys()].sort();
  return names.flatMap((name) => [...(values.get(name) ?? [])].sort().map((value) => name + value)).join("");
}

function sign(authToken: string, text: string): string {
  return createHmac("sha1", authToken).update(text, "utf8").digest("base64");
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
