import type { Locale } from "@/lib/i18n/locales";
import enMail from "@/lib/i18n/messages/en/mail.json";
import enText from "@/lib/i18n/messages/en/text.json";
import jaMail from "@/lib/i18n/messages/ja/mail.json";
import jaText from "@/lib/i18n/messages/ja/text.json";
import viMail from "@/lib/i18n/messages/vi/mail.json";
import viText from "@/lib/i18n/messages/vi/text.json";
import zhMail from "@/lib/i18n/messages/zh/mail.json";
import zhText from "@/lib/i18n/messages/zh/text.json";
import zhHantMail from "@/lib/i18n/messages/zh-Hant/mail.json";
import zhHantText from "@/lib/i18n/messages/zh-Hant/text.json";
import { type Messages, type Translate, translate } from "@/lib/i18n/translator";

const MAIL: Record<Locale, Messages> = { en: enMail, zh: zhMail, "zh-Hant": zhHantMail, ja: jaMail, vi: viMail };
const TEXT: Record<Locale, Messages> = { en: enText, zh: zhText, "zh-Hant": zhHantText, ja: jaText, vi: viText };

const HOUR = 60;
const DAY = 24 * HOUR;
const SHORTEST_IN_HOURS = 2 * HOUR;
const SHORTEST_IN_DAYS = 2 * DAY;

export const mailWords = once(MAIL);
export const textWords = once(TEXT);

/** "90 minutes", "24 hours", "7 days": rounded down, so that it never promises too much. */
export function describeDuration(t: Translate, minutes: number): string {
  const whole = Math.floor(minutes);
  if (whole < SHORTEST_IN_HOURS && whole % HOUR !== 0) return t("time.minutes", { count: whole });
  if (whole < SHORTEST_IN_DAYS) return t("time.hours", { count: Math.floor(whole / HOUR) });
  return t("time.days", { count: Math.floor(whole / DAY) });
}

/** Date, time and zone in full: the reader may be anywhere. */
export function describeInstant(locale: Locale, instant: Date, timeZone: string): string {
  const { date, time, zone } = instantFormats(locale, timeZone);
  return mailWords(locale)("time.instant", {
    date: date.format(instant),
    time: time.format(instant),
    zone: zone.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value ?? timeZone,
  });
}

type InstantFormats = Record<"date" | "time" | "zone", Intl.DateTimeFormat>;

const formats = new Map<string, InstantFormats>();

// Making one costs more than all the rest of a mail.
function instantFormats(locale: Locale, timeZone: string): InstantFormats {
  const key = `${locale} ${timeZone}`;
  const known = formats.get(key) ?? {
    date: new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric", timeZone }),
    time: new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }),
    zone: new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }),
  };
  formats.set(key, known);
  return known;
}

function once(messages: Record<Locale, Messages>): (locale: Locale) => Translate {
  const made = new Map<Locale, Translate>();
  return (locale) => {
    const known = made.get(locale) ?? translate(locale, messages[locale]);
    made.set(locale, known);
    return known;
  };
}
