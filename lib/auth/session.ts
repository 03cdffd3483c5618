import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import type { Context } from "@/lib/auth/actor";
import { type Authenticated, authenticate } from "@/lib/auth/authenticate";
import { issueSessionToken, SESSION_TTL_SEC, sessionCookieName, sessionCookieOptions } from "@/lib/auth/session-token";
import { newRequestId } from "@/lib/core/ids";
import { resolveLocale } from "@/lib/i18n/resolve-locale";

/** Who is looking, once for each request, however many components ask. */
export const currentSession = cache(async (): Promise<Authenticated> => {
  const jar = await cookies();
  return authenticate(jar.get(sessionCookieName())?.value);
});

/** The context of a page or a server action. */
export const currentContext = cache(async (): Promise<Context> => {
  const [{ actor, preferences }, sent, jar] = await Promise.all([currentSession(), headers(), cookies()]);
  return {
    actor,
    request: {
      id: sent.get("x-request-id") ?? newRequestId(),
      ip: sent.get("x-forwarded-for"),
      userAgent: sent.get("user-agent")?.slice(0, 255) ?? null,
      locale: resolveLocale({
        preferred: preferences?.locale ?? null,
        cookie: jar.get("locale")?.value ?? null,
        acceptLanguage: sent.get("accept-language"),
      }),
    },
  };
});

export async function writeSessionCookie(session: { id: string; userId: string }): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookieName(), await issueSessionToken(session), { ...sessionCookieOptions(), maxAge: SESSION_TTL_SEC });
}

export async function clearSessionCookie(): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookieName(), "", { ...sessionCookieOptions(), maxAge: 0 });
}
