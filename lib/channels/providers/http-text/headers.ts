const NAME = /^[!#$%&'*+.^_`|~\w-]{1,64}$/;
const VALUE = /^[\t\x20-\x7e]{0,1024}$/;
const MAX_HEADERS = 20;
// What the connection needs is ours, and what signs in belongs into the fields that are kept sealed.
const OURS = new Set(["host", "connection", "content-length", "content-type", "transfer-encoding", "upgrade", "te", "trailer", "expect"]);
const SECRET = /^(?:authorization|proxy-authorization|cookie|x-api-key|api-key|apikey|x-auth-token)$/;

export type HeaderSlip = "header_invalid" | "header_reserved" | "header_secret";

/** Lines of `Name: value`. */
export function readHeaders(lines: string): Record<string, string> | HeaderSlip {
  const written = lines.split(/\r?\n/).filter((line) => line.trim() !== "");
  const headers: Record<string, string> = {};
  for (const line of written) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).trim().toLowerCase();
    const value = line.slice(at + 1).trim();
    const slip = at < 1 || written.length > MAX_HEADERS || !VALUE.test(value) ? "header_invalid" : nameSlip(name);
    if (slip) return slip;
    if (SECRET.test(name)) return "header_secret";
    headers[name] = value;
  }
  return headers;
}

/** The name of the header that signs in may be any but the connection's own. */
export function nameSlip(name: string): HeaderSlip | undefined {
  if (!NAME.test(name)) return "header_invalid";
  return OURS.has(name.toLowerCase()) ? "header_reserved" : undefined;
}
