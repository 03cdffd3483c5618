import { decode, encode } from "next-auth/jwt";
import { isId } from "@/lib/core/ids";
import { env } from "@/lib/env";

/** A session lasts this long from sign-in; its row in the database can end it sooner. */
export const SESSION_TTL_SEC = 14 * 24 * 3600;

const isLocalhost = (hostname: string) => hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";

/** R57: `__Host-` wherever a browser accepts a Secure cookie; plain http elsewhere has to go without. */
export function secureCookies(): boolean {
  const url = new URL(env().appOrigin);
  return url.protocol === "https:" || isLocalhost(url.hostname);
}

export function sessionCookieName(): string {
  return secureCookies() ? "__Host-reachable.session" : "reachable.session";
}

export const sessionCookieOptions = () => ({ httpOnly: true, sameSite: "lax", path: "/", secure: secureCookies() }) as const;

/** The next-auth token of a session row: encrypted, and worth nothing once the row is gone. */
export function issueSessionToken(session: { id: string; userId: string }): Promise<string> {
  return encode({
    token: { sub: session.userId, sid: session.id },
    secret: env().authSecret,
    maxAge: SESSION_TTL_SEC,
  });
}

/** Tokens that were opened lately. What a token says never changes; whether its session still is, the database says. */
const opened = new Map<string, { sid: string; expiresAt: number }>();
const OPENED_MAX = 1000;

/** The session's id, or null for anything that is not one of our tokens. Never throws. */
export async function readSessionToken(token: string | undefined): Promise<string | null> {
  if (!token || token.length > 4096) {
    return null;
  }
  const known = opened.get(token);
  if (known) {
    return known.expiresAt > Date.now() ? known.sid : null;
  }
  try {
    const payload = await decode({ token, secret: env().authSecret });
    const sid = payload?.["sid"];
    if (typeof sid !== "string" || !isId(sid)) {
      return null;
    }
    remember(token, { sid, expiresAt: Number(payload?.["exp"]) * 1000 });
    return sid;
  } catch {
    return null;
  }
}

function remember(token: string, session: { sid: string; expiresAt: number }): void {
  if (opened.size >= OPENED_MAX) {
    opened.delete(opened.keys().next().value ?? "");
  }
  opened.set(token, session);
}

/** One cookie out of a Cookie header, as a route handler sees it. */
export function cookieFrom(header: string | null, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) {
      return part.slice(at + 1).trim();
    }
  }
  return undefined;
}
