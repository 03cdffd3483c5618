import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";

export type Certificate = { key: string; cert: string };

const ECDSA_WITH_SHA256 = oid("2a8648ce3d040302");
const COMMON_NAME = oid("550403");
const BASIC_CONSTRAINTS = oid("551d13");
const SUBJECT_ALT_NAME = oid("551d11");
const DAY_MS = 86_400_000;

export interface CertificateOptions {
  hosts: readonly string[];
  /** Days from now; negative for the past. */
  validDays?: { from: number; to: number };
  /** Who signs it; without one it signs itself. */
  authority?: Authority;
}

/** Signs certificates; a client that is to trust them is given `cert`. */
export type Authority = Certificate & { name: string };

/** A certificate that signs itself, fresh for each test: no key has to lie in the repository. */
export function makeCertificate(...hosts: string[]): Certificate {
  return issueCertificate({ hosts });
}

export function makeAuthority(name = "test authority"): Authority {
  return { ...makeSigned({ name, hosts: [], isAuthority: true, issuer: undefined, days: { from: -1, to: 365 } }), name };
}

export function issueCertificate({ hosts, validDays = { from: -1, to: 1 }, authority }: CertificateOptions): Certificate {
  return makeSigned({ name: "test server", hosts, isAuthority: authority === undefined, issuer: authority, days: validDays });
}

interface Signed {
  name: string;
  hosts: readonly string[];
  isAuthority: boolean;
  issuer: Authority | undefined;
  days: { from: number; to: number };
}

function makeSigned({ name, hosts, isAuthority, issuer, days }: Signed): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(ECDSA_WITH_SHA256);
  const now = Date.now();
  const extensions = [
    ...(isAuthority ? [extension(BASIC_CONSTRAINTS, sequence(tlv(0x01, Buffer.from([0xff]))))] : []),
    ...(hosts.length > 0 ? [extension(SUBJECT_ALT_NAME, sequence(...hosts.map(altName)))] : []),
  ];
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(issuer?.name ?? name),
    sequence(utcTime(now + days.from * DAY_MS), utcTime(now + days.to * DAY_MS)),
    distinguishedName(name),
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", body, issuer?.key ?? privateKey);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}

function distinguishedName(name: string): Buffer {
  return sequence(tlv(0x31, sequence(COMMON_NAME, tlv(0x0c, Buffer.from(name)))));
}

function altName(host: string): Buffer {
  return isIP(host) === 4 ? tlv(0x87, Buffer.from(host.split(".").map(Number))) : tlv(0x82, Buffer.from(host));
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, tlv(0x04, value));
}

function utcTime(instant: number): Buffer {
  return tlv(0x17, Buffer.from(`${new Date(instant).toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
}

function integer(value: Buffer): Buffer {
  return tlv(0x02, value);
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, "hex"));
}

function sequence(...parts: Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function tlv(tag: number, value: Buffer): Buffer {
  if (value.length < 0x80) return Buffer.concat([Buffer.from([tag, value.length]), value]);
  return Buffer.concat([Buffer.from([tag, 0x82, value.length >> 8, value.length & 0xff]), value]);
}
