import type { Context } from "@/lib/auth/actor";
import { newRequestId } from "@/lib/core/ids";
import { DEFAULT_LOCALE } from "@/lib/i18n/locales";

/** Who acts where nobody asked: the worker. */
export function systemContext(): Context {
  return { actor: { type: "system" }, request: { id: newRequestId(), ip: null, userAgent: null, locale: DEFAULT_LOCALE } };
}
