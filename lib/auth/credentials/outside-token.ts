import { decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { ACCESS_TOKEN_MAX_SEC } from "@/lib/auth/credentials/access-token";
import { isPlain, SKEW_SEC } from "@/lib/auth/credentials/jwt-claims";
import { keySet } from "@/lib/auth/credentials/key-set";
import { parseEmailAddress } from "@/lib/core/email-address";
import { isId } from "@/lib/core/ids";
import { env } from "@/lib/env";

/** Whom the configured issuer's token is about. */
export interface OutsideToken {
  /** Where its subject is one of our people. */
  userId: string | null;
  /** How we know the address that the issuer proved to be theirs. */
  emailKey: string | null;
  institutionId: string | null;
  expiresAt: Date;
}

const ALGORITHMS = ["RS256"];

/** Reads a token of the issuer that the operator configured; null for one that is not good. Throws when its keys are out of reach. */
export async function readOutsideToken(token: string): Promise<OutsideToken | null> {
  const configured = env().bearerIssuer;
  const header = headerOf(token);
  if (configured === null || header === null) {
    return null;
  }
  const keys = await keySet(configured.jwksUrl, header.kid);
  for (const { key } of keys.filter(({ kid }) => header.kid === null || kid === header.kid)) {
    const claims = await verify(token, key, configured.issuer).catch(() => null);
    if (claims !== null) {
      return claims.aud === configured.audience ? toToken(claims) : null;
    }
  }
  return null;
}

function headerOf(token: string): { kid: string | null } | null {
  try {
    const { alg, kid = null } = decodeProtectedHeader(token);
    return alg === ALGORITHMS[0] && (kid === null || typeof kid === "string") ? { kid } : null;
  } catch {
    return null;
  }
}

async function verify(token: string, key: Parameters<typeof jwtVerify>[1], issuer: string): Promise<JWTPayload | null> {
  const { payload, protectedHeader } = await jwtVerify(token, key as CryptoKey, {
    algorithms: ALGORITHMS,
    issuer,
    clockTolerance: SKEW_SEC,
    requiredClaims: ["exp", "iat", "sub", "aud", "iss"],
  });
  const { exp = 0, iat = 0 } = payload;
  return isPlain(protectedHeader, payload) && exp - iat <= ACCESS_TOKEN_MAX_SEC ? payload : null;
}

function toToken({ sub = "", email, email_verified: isProven, institution = null, exp = 0 }: JWTPayload): OutsideToken | null {
  const address = typeof email === "string" && isProven === true ? parseEmailAddress(email) : null;
  const emailKey = address?.ok ? address.value.comparisonKey : null;
  const userId = typeof sub === "string" && isId(sub) ? sub : null;
  const isNamed = institution === null || (typeof institution === "string" && isId(institution));
  if ((userId === null && emailKey === null) || !isNamed) {
    return null;
  }
  return { userId, emailKey, institutionId: institution as string | null, expiresAt: new Date((exp + SKEW_SEC) * 1000) };
}
