import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * X-Twilio-Signature: HMAC-SHA1 with the auth token over the URL and, sorted by name, each posted field's name and value.
 * Twilio signs some URLs with the standard port and some without, so either will do.
 */
export function isSignedByTwilio(authToken: string, url: string, fields: URLSearchParams, given: string | null): boolean {
  const spelling = URL.canParse(url) ? spellings(new URL(url)) : [];
  // No short cut: how many spellings were compared must not show in the time.
  return spelling.map((each) => sameText(given ?? "", sign(authToken, each, fields))).includes(true);
}

function spellings(url: URL): string[] {
  const rest = `${url.pathname}${url.search}`;
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return [`${url.protocol}//${url.hostname}${rest}`, `${url.protocol}//${url.hostname}:${port}${rest}`];
}

function sign(authToken: string, url: string, fields: URLSearchParams): string {
  const names = [...new Set(fields.keys())].sort();
  const written = names.flatMap((name) => [...new Set(fields.getAll(name))].sort().map((value) => name + value));
  return createHmac("sha1", authToken)
    .update(url + written.join(""), "utf8")
    .digest("base64");
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
