import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { authenticate } from "@/lib/auth/authenticate";
import { issueSessionToken, SESSION_TTL_SEC, secureCookies, sessionCookieName, sessionCookieOptions } from "@/lib/auth/session-token";
import { logger } from "@/lib/core/logger";
import { env } from "@/lib/env";

export interface Verbs {
  /** Null when the answer is no. */
  signIn: (credentials: { email: string; password: string }) => Promise<{ sessionId: string; userId: string } | null>;
  signOut: (sessionToken: string) => Promise<void>;
}

interface SessionUser {
  id: string;
  sid: string;
}

/**
 * next-auth over our own session rows: its token is the one that the sign-in page sets, and is worth nothing without
 * the row. The verbs come from the route, so that this file stays below the services.
 */
export function nextAuthOptions(verbs: Verbs): NextAuthOptions {
  // biome-ignore lint/style/noProcessEnv: next-auth takes its own address from nowhere else, and must not take it from a Host header
  process.env.NEXTAUTH_URL = env().appOrigin;
  const prefix = secureCookies() ? "__Host-" : "";
  return {
    secret: env().authSecret,
    session: { strategy: "jwt", maxAge: SESSION_TTL_SEC },
    pages: { signIn: "/sign-in", signOut: "/account", error: "/sign-in" },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: sessionCookieOptions() },
      csrfToken: { name: `${prefix}reachable.csrf`, options: sessionCookieOptions() },
      callbackUrl: { name: `${prefix}reachable.callback`, options: sessionCookieOptions() },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (credentials) => {
          const session = await verbs.signIn({ email: credentials?.email ?? "", password: credentials?.password ?? "" });
          return session && { id: session.userId, sid: session.sessionId };
        },
      }),
    ],
    jwt: {
      encode: ({ token }) => issueSessionToken({ id: String(token?.sid), userId: String(token?.sub) }),
      decode: async ({ token }) => {
        const { actor } = await authenticate(token);
        return actor.type === "member" || actor.type === "account"
          ? { sub: actor.userId, sid: actor.sessionId, name: actor.name, email: actor.email, raw: token }
          : null;
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: (user as SessionUser).sid } : token),
      session: ({ session, token }) => {
        const user = { id: token.sub, name: token.name ?? null, email: token.email ?? null };
        return { expires: session.expires, user };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const raw = (token as Record<string, unknown> | null)?.raw;
        if (typeof raw === "string") {
          await verbs.signOut(raw);
        }
      },
    },
    logger: {
      error: (code) => logger.warn({ code }, "next-auth refused a request"),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}
