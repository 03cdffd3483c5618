export const LOCALES = ["en", "zh", "zh-Hant", "ja", "vi"] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "en";

/** Each language in its own words, as a person looks for it in a list. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  en: "English",
  zh: "简体中文",
  "zh-Hant": "繁體中文",
  ja: "日本語",
  vi: "Tiếng Việt",
};

const MAX_HEADER_LENGTH = 1000;
const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

const REMEMBERED_MAX = 500;
const remembered = new Map<string, Locale | null>();

/** The best of ours for an Accept-Language header; Chinese is told apart by script, so zh-HK reads zh-Hant. */
export function matchLocale(acceptLanguage: string | null | undefined, fallback: Locale = DEFAULT_LOCALE): Locale {
  const header = (acceptLanguage ?? "").slice(0, MAX_HEADER_LENGTH);
  let best = remembered.get(header);
  if (best === undefined) {
    best = bestFor(header);
    // browsers send few different ones; whoever sends many gains nothing
    if (remembered.size < REMEMBERED_MAX) remembered.set(header, best);
  }
  return best ?? fallback;
}

/** null: any would do. */
function bestFor(header: string): Locale | null {
  const ranges = header
    .split(",")
    .map(parseRange)
    .filter((range) => range.quality > 0);
  // Array.prototype.sort is stable: equal qualities keep the header's order.
  ranges.sort((one, other) => other.quality - one.quality);
  for (const { tag } of ranges) {
    if (tag === "*") return null;
    const locale = localeFor(tag);
    if (locale !== undefined) return locale;
  }
  return null;
}

function parseRange(range: string): { tag: string; quality: number } {
  const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
  const weight = parameters.find((parameter) => /^q=/i.test(parameter));
  if (weight === undefined) return { tag, quality: 1 };
  return { tag, quality: Number(QUALITY.exec(weight)?.[1] ?? 0) };
}

function localeFor(tag: string): Locale | undefined {
  const { language, script } = describe(tag);
  if (language === "zh") return script === "Hant" ? "zh-Hant" : "zh";
  return isLocale(language) ? language : undefined;
}

function describe(tag: string): { language?: string; script?: string | undefined } {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return {};
  }
}
