import { createTranslator } from "next-intl";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";

export type Words = Record<string, string | number | Date>;
export type Translate = (key: string, values?: Words) => string;
export type Messages = { [key: string]: string | Messages };

const loaded = new Map<string, Promise<Translate>>();

/** The words of one namespace outside a page: in the worker, in services, in error answers. */
export function translatorFor(locale: string, namespace: string): Promise<Translate> {
  const known = isLocale(locale) ? locale : DEFAULT_LOCALE;
  const key = `${known}/${namespace}`;
  const cached = loaded.get(key);
  if (cached !== undefined) return cached;
  const loading = loadNamespace(known, namespace).then((messages) => translate(known, messages));
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}

export async function loadNamespace(locale: Locale, namespace: string): Promise<Messages> {
  // Bundlers read this literal as a pattern: both variables must stand in it.
  const file: { default: Messages } = await import(`./messages/${locale}/${namespace}.json`);
  return file.default;
}

export function translate(locale: Locale, messages: Messages): Translate {
  const options: Parameters<typeof createTranslator>[0] = { locale, messages, timeZone: "UTC" };
  return createTranslator(options);
}
