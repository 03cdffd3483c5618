import { decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import { findSigningKeys, type LiveSigningKey } from "@/lib/auth/credentials/find-signing-keys";
import { isCompact, isPlain, SKEW_SEC } from "@/lib/auth/credentials/jwt-claims";
import { AppError } from "@/lib/core/errors";
import { checkSingleLine } from "@/lib/core/safe-text";

const ALGORITHM = "RS256";
const EXTERNAL_ID_MAX = 255;

/** Whom an institution's application says its user is (R53): signed with one of that institution's own keys. */
export async function verifyUserToken(institutionId: string, token: string): Promise<{ externalId: string; signingKeyId: string }> {
  const header = isCompact(token) ? headerOf(token) : null;
  if (header === null) {
    throw refused();
  }
  const keys = await findSigningKeys(institutionId);
  for (const candidate of keys.filter(({ kid }) => header.kid === null || kid === header.kid)) {
    const externalId = await subjectOf(token, candidate).catch(() => null);
    if (externalId !== null) {
      return { externalId, signingKeyId: candidate.id };
    }
  }
  throw refused();
}

function headerOf(token: string): { kid: string | null } | null {
  try {
    const { alg, kid = null } = decodeProtectedHeader(token);
    return alg === ALGORITHM && (kid === null || typeof kid === "string") ? { kid } : null;
  } catch {
    return null;
  }
}

async function subjectOf(token: string, { key }: LiveSigningKey): Promise<string | null> {
  const { payload, protectedHeader } = await jwtVerify(token, key, {
    algorithms: [ALGORITHM],
    clockTolerance: SKEW_SEC,
    requiredClaims: ["sub"],
  });
  return isPlain(protectedHeader, payload) ? externalIdOf(payload) : null;
}

/** One that no subscriber could have is refused, not repaired: two spellings must not become one person. */
function externalIdOf({ sub }: JWTPayload): string | null {
  const checked = typeof sub === "string" ? checkSingleLine(sub, { max: EXTERNAL_ID_MAX }) : null;
  return checked?.ok && checked.value === sub ? checked.value : null;
}

function refused(): AppError {
  return new AppError("unauthenticated", { reason: "userTokenUnknown" });
}
