import { BlockList, isIP } from "node:net";

export type SmtpEndpoint = {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  auth?: { user: string; pass: string };
};

const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Reads smtp://user:password@host:port or smtps://…; the error never repeats the address, it may hold a password. */
export function parseSmtpUrl(address: string): SmtpEndpoint {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== "smtp:" && url.protocol !== "smtps:")) {
    throw new TypeError("a mail server's address starts with smtp:// or smtps://");
  }
  if (url.hostname === "") throw new TypeError("a mail server's address names a host");
  if (url.search !== "" || url.hash !== "" || !["", "/"].includes(url.pathname)) {
    throw new TypeError("a mail server's address ends after host and port");
  }
  if ((url.username === "") !== (url.password === "")) {
    throw new TypeError("a mail server's address holds user and password, or neither");
  }
  const secure = url.protocol === "smtps:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port),
    secure,
    ...(url.username === "" ? {} : { auth: { user: decode(url.username), pass: decode(url.password) } }),
  };
}

export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === "localhost") return true;
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 4 ? "ipv4" : "ipv6");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError("a mail server's user and password are percent-encoded");
  }
}
