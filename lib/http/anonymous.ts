import type { Context } from "@/lib/auth/actor";
import { newRequestId } from "@/lib/core/ids";
import { resolveLocale } from "@/lib/i18n/resolve-locale";

/** The context of a request before anybody asked who sent it. */
export function anonymous(request: Request): Context {
  return {
    actor: { type: "anonymous" },
    request: {
      id: request.headers.get("x-request-id") ?? newRequestId(),
      ip: request.headers.get("x-forwarded-for"),
      userAgent: request.headers.get("user-agent")?.slice(0, 255) ?? null,
      locale: resolveLocale({ preferred: null, cookie: null, acceptLanguage: request.headers.get("accept-language") }),
      turnstileToken: request.headers.get("x-turnstile-token") ?? "",
    },
  };
}
