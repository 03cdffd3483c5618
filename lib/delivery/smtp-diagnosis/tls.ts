import { isIP, type Socket } from "node:net";
import { connect, type DetailedPeerCertificate, type TLSSocket } from "node:tls";
import type { Problem } from "@/lib/channels/diagnosis";
import type { Found } from "@/lib/delivery/smtp-diagnosis/found";
import { clean } from "@/lib/delivery/smtp-diagnosis/reply";

export class TlsFault extends Error {
  constructor(
    readonly kind: "timeout" | "lost" | "too_old" | "failed",
    /** OpenSSL's name for it: one of a fixed list, never a sentence. */
    readonly reason = "",
  ) {
    super(kind);
  }
}

export interface TlsSettings {
  host: string;
  ca: string;
}

const TOO_OLD = /PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|WRONG_SSL_VERSION/;
const PROBLEM_OF: Record<string, Problem> = {
  CERT_HAS_EXPIRED: "certificate_expired",
  CERT_NOT_YET_VALID: "certificate_not_yet_valid",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate_self_signed",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate_wrong_name",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate_unknown_ca",
  UNABLE_TO_GET_ISSUER_CERT: "certificate_unknown_ca",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate_unknown_ca",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate_unknown_ca",
};
const DAY_MS = 86_400_000;
const SOON_DAYS = 14;
const LONGEST_CHAIN = 8;
const MOST_NAMES = 20;

/**
 * TLS 1.2 at least. The handshake is let through whatever the certificate, so that it can be shown;
 * the caller asks `judge` before anything is said, and says nothing where it found something.
 */
export function handshake(socket: Socket, settings: TlsSettings, timeoutMs: number): Promise<TLSSocket> {
  return new Promise<TLSSocket>((resolve, reject) => {
    const secured = connect({
      socket,
      minVersion: "TLSv1.2",
      rejectUnauthorized: false,
      ...(isIP(settings.host) === 0 ? { servername: settings.host } : { host: settings.host }),
      ...(settings.ca === "" ? {} : { ca: settings.ca }),
    });
    const timer = setTimeout(() => fail(new TlsFault("timeout")), timeoutMs);
    const fail = (fault: TlsFault) => {
      clearTimeout(timer);
      reject(fault);
      socket.destroy();
      secured.destroy();
    };
    secured.on("error", (error: NodeJS.ErrnoException) => fail(readFault(error.code ?? "")));
    const onClose = () => fail(new TlsFault("lost"));
    secured.once("close", onClose);
    secured.once("secureConnect", () => {
      clearTimeout(timer);
      secured.off("close", onClose);
      resolve(secured);
    });
  });
}

function readFault(code: string): TlsFault {
  if (TOO_OLD.test(code)) return new TlsFault("too_old", code);
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO") return new TlsFault("failed", code);
  return new TlsFault("lost");
}

/** What is wrong with whom we speak to; null: it is whom we asked for. */
export function judge(secured: TLSSocket): Found | null {
  if (secured.authorized) return null;
  const reason = String(secured.authorizationError);
  const certificate = secured.getPeerCertificate(true);
  const code = PROBLEM_OF[reason] ?? "tls_failed";
  if (code === "certificate_wrong_name") return { code, params: { names: clean(namesOf(certificate).join(", ")) } };
  if (code === "certificate_expired") return { code, params: { date: isoDay(certificate.valid_to) } };
  if (code === "certificate_not_yet_valid") return { code, params: { date: isoDay(certificate.valid_from) } };
  if (code === "certificate_unknown_ca") return { code, params: { issuer: clean(commonName(certificate.issuer)) } };
  return code === "tls_failed" ? { code, params: { code: reason.slice(0, 64).replace(/\W/g, "_") } } : { code };
}

export function expiresSoon(secured: TLSSocket): Found | null {
  const left = (Date.parse(secured.getPeerCertificate().valid_to) - Date.now()) / DAY_MS;
  return left < SOON_DAYS ? { code: "certificate_expires_soon", params: { days: Math.max(0, Math.floor(left)) } } : null;
}

export function describeTls(secured: TLSSocket): Record<string, string> {
  const certificate = secured.getPeerCertificate(true);
  return {
    version: secured.getProtocol() ?? "",
    cipher: secured.getCipher().name,
    subject: clean(commonName(certificate.subject)),
    issuer: clean(commonName(certificate.issuer)),
    names: clean(namesOf(certificate).slice(0, MOST_NAMES).join(", ")),
    expires: isoDay(certificate.valid_to),
    chain: clean(chainOf(certificate).join(" ← ")),
  };
}

function namesOf(certificate: DetailedPeerCertificate): string[] {
  return (certificate.subjectaltname ?? "")
    .split(", ")
    .filter((name) => /^(?:DNS|IP Address):/.test(name))
    .map((name) => name.replace(/^[^:]+:/, ""));
}

function chainOf(certificate: DetailedPeerCertificate): string[] {
  const names: string[] = [];
  let current: DetailedPeerCertificate | undefined = certificate;
  while (current?.subject && names.length < LONGEST_CHAIN) {
    names.push(commonName(current.subject));
    const issuer: DetailedPeerCertificate | undefined = current.issuerCertificate;
    current = issuer === current ? undefined : issuer;
  }
  return names;
}

function commonName(name: { CN?: string | string[]; O?: string | string[] } | undefined): string {
  return [name?.CN ?? name?.O ?? ""].flat().join(" ");
}

function isoDay(date: string): string {
  const instant = Date.parse(date);
  return Number.isNaN(instant) ? "" : new Date(instant).toISOString().slice(0, 10);
}
