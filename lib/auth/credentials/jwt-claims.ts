import type { JWTHeaderParameters, JWTPayload } from "jose";

/** Longer ones cost work before anything is known about them. */
const TOKEN_MAX = 8192;
/** How far two clocks may be apart (R53). */
export const SKEW_SEC = 60;
/** The last second of the year 9999; what lies beyond is no time. */
const LAST_SECOND = 253_402_300_799;

const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Whether a text can be a signed token at all. */
export function isCompact(text: string): boolean {
  return text.length <= TOKEN_MAX && COMPACT.test(text);
}

/** What the library leaves to its caller: no extension that somebody else has to understand, and times that are times. */
export function isPlain(header: Pick<JWTHeaderParameters, "crit">, claims: JWTPayload, now = Date.now()): boolean {
  const times = [claims.exp, claims.iat, claims.nbf].filter((time) => time !== undefined);
  return (
    header.crit === undefined &&
    times.every((time) => Number.isFinite(time) && time >= 0 && time <= LAST_SECOND) &&
    (claims.iat ?? 0) <= now / 1000 + SKEW_SEC
  );
}
