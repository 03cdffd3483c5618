import type { Locale } from "@/lib/i18n/locales";
import { loadNamespace, type Messages } from "@/lib/i18n/translator";

/** Every namespace that pages read; one file each in every language. Mail and texts have their own. */
export const PAGE_NAMESPACES = [
  "ui",
  "form",
  "shell",
  "errors",
  "auth",
  "account",
  "members",
  "institution",
  "contactPoints",
  "contactPointTypes",
  "providerTypes",
  "verify",
  "inbox",
  "subscribers",
  "subscriptions",
  "domains",
  "audit",
  "keys",
  "catcher",
  "messages",
  "numbers",
  "spending",
  "senders",
  "diagnosis",
  "slaunchx",
  "integrations",
  "connections",
  "apis",
] as const;

const loaded = new Map<Locale, Promise<Messages>>();

/** All words of one language for the server's pages; read once for each process. */
export function loadAllMessages(locale: Locale): Promise<Messages> {
  const known = loaded.get(locale);
  if (known !== undefined) {
    return known;
  }
  const loading = Promise.all(PAGE_NAMESPACES.map(async (name) => [name, await loadNamespace(locale, name)] as const)).then(
    (entries) => Object.fromEntries(entries) as Messages,
  );
  loaded.set(locale, loading);
  loading.catch(() => loaded.delete(locale));
  return loading;
}
