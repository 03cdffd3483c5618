/** What a form for a mail server may get out of a pasted text. Every value is a form value. */
export interface PastedSmtp {
  host: string;
  port: string;
  security: "tls" | "starttls";
  auth: "password" | "none";
  username: string;
  password: string;
}

export type HostSlip = "host_is_email" | "host_is_url" | "host_with_port" | "host_invalid";

const SCHEME = /^\s*<?(smtps?):\/\//i;
const ANY_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}_])?$/u;
const IPV6 = /^[\da-f:]*:[\da-f:.]*$/i;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const CAME_ALONG = /[\s\u00a0\u200b-\u200f\u2060\ufeff]/;
// What C libraries read as an address though nobody writes one like that: 127.1, 0x7f.1, 2130706433.
const NUMERIC_END = /(?:^|\.)(?:\d+|0x[\da-f]*)$/i;

/** Reads smtp(s)://user:password@host:port as people copy it; null: it is no such address. */
export function readSmtpUrl(text: string): PastedSmtp | null {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  const rest = text
    .trim()
    .replace(/^<?smtps?:\/\//i, "")
    .replace(/>$/, "");
  // The last "@" parts them: passwords are often pasted as they are, with an "@" or a "/" in them.
  const at = rest.lastIndexOf("@");
  const place = /^(\[[\da-f:.]+\]|[^\s:/?#[\]]+)(?::(\d{1,5}))?(?:[/?#]\S*)?$/i.exec(rest.slice(at + 1));
  if (!place?.[1]) return null;
  const [username, password] = split(at < 0 ? "" : rest.slice(0, at));
  const tls = scheme === "smtps" || (place[2] === "465" && scheme === "smtp");
  return {
    host: place[1].replace(/^\[|\]$/g, "").toLowerCase(),
    port: place[2] ?? (tls ? "465" : "587"),
    security: tls ? "tls" : "starttls",
    auth: username === "" ? "none" : "password",
    username,
    password,
  };
}

/** A host as it was typed or pasted, without what came along: spaces, invisible marks, brackets. */
export function tidyHost(text: string): string {
  // By hand: a pattern for the end tries every space in a long text anew.
  let [start, end] = [0, text.length];
  while (start < end && CAME_ALONG.test(text.charAt(start))) start += 1;
  while (end > start && CAME_ALONG.test(text.charAt(end - 1))) end -= 1;
  const bare = text.slice(start, end);
  return /^\[[\da-f:.]+\]$/i.test(bare) ? bare.slice(1, -1) : bare;
}

/** What somebody typed instead of a host, if it is none; takes the tidied text. */
export function hostSlip(host: string): HostSlip | null {
  if (ANY_SCHEME.test(host)) return "host_is_url";
  if (/^[^\s@/]+@[^\s@/]+$/.test(host)) return "host_is_email";
  if (IPV6.test(host) || IPV4.test(host)) return null;
  if (/^[^\s:/]+:\d{1,5}$/.test(host)) return "host_with_port";
  if (/^[^\s/]+\/\S*$/.test(host)) return "host_is_url";
  return !NAME.test(host) || host.includes("..") || NUMERIC_END.test(host) ? "host_invalid" : null;
}

function split(userinfo: string): [string, string] {
  const colon = userinfo.indexOf(":");
  return colon < 0 ? [decode(userinfo), ""] : [decode(userinfo.slice(0, colon)), decode(userinfo.slice(colon + 1))];
}

/** A password with a bare "%" was not encoded, and stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
