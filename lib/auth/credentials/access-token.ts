import { hkdfSync } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { isPlain } from "@/lib/auth/credentials/jwt-claims";
import { isId } from "@/lib/core/ids";
import { env } from "@/lib/env";

/** No bearer token of ours lives longer (R53). */
export const ACCESS_TOKEN_MAX_SEC = 3600;

const ALGORITHM = "HS256";
const TYPE = "at+jwt";
const INSTITUTION = "institution";

export interface AccessToken {
  id: string;
  userId: string;
  institutionId: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** Whom our own tokens are meant for. */
export const audience = () => `${env().appOrigin}/web/v1`;

/** The token as its holder sends it; signed, and kept nowhere. */
export function signAccessToken({ id, userId, institutionId, issuedAt, expiresAt }: AccessToken): Promise<string> {
  return new SignJWT({ [INSTITUTION]: institutionId })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setIssuer(env().appOrigin)
    .setAudience(audience())
    .setSubject(userId)
    .setJti(id)
    .setIssuedAt(seconds(issuedAt))
    .setExpirationTime(seconds(expiresAt))
    .sign(key());
}

/** What one of our own tokens says, its signature and times checked. Throws for anything else. */
export async function readAccessToken(token: string): Promise<AccessToken> {
  const { payload, protectedHeader } = await jwtVerify(token, key(), {
    algorithms: [ALGORITHM],
    typ: TYPE,
    issuer: env().appOrigin,
    requiredClaims: ["exp", "iat", "sub", "aud", "iss", "jti"],
  });
  const { sub = "", jti = "", iat = 0, exp = 0, aud, [INSTITUTION]: institutionId } = payload;
  const ids = [sub, jti, institutionId];
  const isOurs = aud === audience() && ids.every((id) => typeof id === "string" && isId(id));
  if (!isOurs || exp - iat > ACCESS_TOKEN_MAX_SEC || !isPlain(protectedHeader, payload)) {
    throw new Error("not an access token of ours");
  }
  return { id: jti, userId: sub, institutionId: institutionId as string, issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) };
}

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);

let derived: { secret: string; key: Uint8Array } | undefined;

/** Its own key: what is signed for another purpose with the same secret is worth nothing here. */
function key(): Uint8Array {
  const secret = env().authSecret;
  if (derived?.secret !== secret) {
    derived = { secret, key: new Uint8Array(hkdfSync("sha256", secret, "", "reachable.access-token.v1", 32)) };
  }
  return derived.key;
}
