import type { SignedInMember } from "@/lib/auth/actor";
import { issueSessionToken, sessionCookieName } from "@/lib/auth/session-token";
import { env } from "@/lib/env";

interface CallOptions {
  method?: string;
  /** Whose session cookie goes with it; nobody's otherwise. */
  as?: { actor: SignedInMember };
  body?: unknown;
}

/** A request as a browser of this origin sends it. */
export async function browserRequest(path: string, { method = "GET", as, body }: CallOptions = {}): Promise<Request> {
  const { appOrigin } = env();
  const headers = new Headers({ origin: appOrigin, "sec-fetch-site": "same-origin", "accept-language": "en" });
  if (as) {
    const token = await issueSessionToken({ id: as.actor.sessionId, userId: as.actor.userId });
    headers.set("cookie", `${sessionCookieName()}=${token}`);
  }
  if (body !== undefined) {
    headers.set("content-type", "application/json");
  }
  return new Request(new URL(path, appOrigin), { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

/** What Next hands a route beside its request. */
export function routeArgs(params: Record<string, string> = {}) {
  return { params: Promise.resolve(params) };
}
