import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { InboundRequest } from "@/lib/channels/providers/define";
import type { VonageConfig } from "@/lib/channels/providers/vonage/api";

// Vonage repeats an incoming text for a day, with the time of the first attempt.
const MAX_AGE_SEC = 24 * 3600;
const MAX_SKEW_SEC = 5 * 60;
const JWT = /^Bearer ([\w-]{1,1024})\.([\w-]{1,4096})\.([\w-]{1,256})$/i;

const header = z.object({ alg: z.literal("HS256") });
const claims = z.object({ iat: z.number(), api_key: z.string(), payload_hash: z.string() });

/** Whether Vonage signed it, in the one way that is set up; an account without a signature secret can prove nothing. */
export function isSignedByVonage(config: VonageConfig, request: InboundRequest, fields: Record<string, string>): boolean {
  const { signatureSecret: secret, signatureMethod: method } = config;
  if (!secret) return false;
  return method === "jwt" ? hasSignedToken(secret, config.apiKey, request) : hasSignature(secret, method, fields);
}

/** `sig`: HMAC over `&name=value` of every other field, sorted by name, with `&` and `=` in values written as `_`. */
function hasSignature(secret: string, method: "sha256" | "sha512", { sig, ...fields }: Record<string, string>): boolean {
  const signed = Object.keys(fields)
    .sort()
    .map((name) => `&${name}=${fields[name]?.replace(/[&=]/g, "_")}`)
    .join("");
  const expected = createHmac(method, secret).update(signed, "utf8").digest();
  const given = Buffer.from(/^[\da-f]+$/i.test(sig ?? "") ? (sig ?? "") : "", "hex");
  return same(given, expected) && isRecent(Number(fields["timestamp"]));
}

/** A token with the body's hash in it: without that hash it could be put in front of any other body. */
function hasSignedToken(secret: string, apiKey: string, { headers, body }: InboundRequest): boolean {
  const [, head = "", payload = "", signature = ""] = JWT.exec(headers.get("authorization") ?? "") ?? [];
  const expected = createHmac("sha256", secret).update(`${head}.${payload}`).digest();
  if (!same(Buffer.from(signature, "base64url"), expected)) return false;
  const said = claims.safeParse(decode(payload)).data;
  if (!said || !header.safeParse(decode(head)).success || said.api_key !== apiKey) return false;
  const hash = createHash("sha256").update(body, "utf8").digest("hex");
  return same(Buffer.from(said.payload_hash.toLowerCase()), Buffer.from(hash)) && isRecent(said.iat);
}

function isRecent(seconds: number): boolean {
  const age = Date.now() / 1000 - seconds;
  return age <= MAX_AGE_SEC && age >= -MAX_SKEW_SEC;
}

function same(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
