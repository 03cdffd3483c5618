import { generateKeyPairSync } from "node:crypto";

export interface VapidKeys {
  /** 65 bytes, a point of P-256 without compression, base64url: what browsers take as `applicationServerKey`. */
  publicKey: string;
  /** 32 bytes, base64url. */
  privateKey: string;
}

/** A key pair with which a push service knows its sender (RFC 8292). */
export function newVapidKeys(): VapidKeys {
  // as JWK every part has its full length; other ways out drop leading zeros
  const { x, y, d } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  if (!x || !y || !d) {
    throw new Error("a key pair without its parts");
  }
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  return { publicKey: point.toString("base64url"), privateKey: d };
}
