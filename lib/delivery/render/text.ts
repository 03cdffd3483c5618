import { measureSms } from "@/lib/core/sms-length";
import type { NoticeEvent } from "@/lib/delivery/payload";
import { textWords } from "@/lib/delivery/render/words";
import type { Locale } from "@/lib/i18n/locales";

type Common = { institution: string };

export type TextData = {
  /** `host` is the host of the console's origin, at most 40 characters: phones offer the code to that site alone. */
  verify: Common & { code: string; host: string; validMinutes: number };
  test: Common;
  notice: Common & { event: NoticeEvent; maskedAddress: string };
};

export type TextKind = keyof TextData;

const MAX_ADDRESS = 30;
// A shorter stump of a name says less than the plainer sentence without it.
const SHORTEST_NAME = 6;
// More than any message holds, so that one name of absurd length costs no more than another.
const MOST_READ = 200;
// Stands for the institution's name until its length is known; no name can hold it (R38).
const NAME = "\0";

const segmenter = new Intl.Segmenter("en");

const WRITERS: { [Kind in TextKind]: (locale: Locale, data: TextData[Kind]) => string } = {
  verify: writeVerify,
  test: writeTest,
  notice: writeNotice,
};

/** One text message, never more: 160 GSM-7 or 70 UCS-2 units. */
export function renderText<Kind extends TextKind>(kind: Kind, locale: Locale, data: TextData[Kind]): string {
  const write: (locale: Locale, data: TextData[Kind]) => string = WRITERS[kind];
  return write(locale, data);
}

function writeVerify(locale: Locale, data: TextData["verify"]): string {
  const t = textWords(locale);
  const { code } = data;
  const sentences = [
    t("verify.full", { institution: NAME, code, minutes: Math.floor(data.validMinutes) }),
    t("verify.brief", { institution: NAME, code }),
    t("verify.bare", { code }),
  ];
  // A longer host costs the autofill, not the code.
  return fit(sentences, data.institution, `\n@${data.host} #${code}`) ?? fit(sentences, data.institution, "") ?? code;
}

function writeTest(locale: Locale, data: TextData["test"]): string {
  const t = textWords(locale);
  const bare = t("test.bare");
  const sentences = [t("test.full", { institution: NAME }), t("test.brief", { institution: NAME }), bare];
  return fit(sentences, data.institution, "") ?? bare;
}

function writeNotice(locale: Locale, data: TextData["notice"]): string {
  const t = textWords(locale);
  const address = cut(data.maskedAddress, MAX_ADDRESS);
  const sentences = [t(`noticeFull.${data.event}`, { institution: NAME, address }), t(`noticeBrief.${data.event}`, { address })];
  return fit(sentences, data.institution, "") ?? address;
}

/** The fullest sentence that one message holds, with the institution's name cut if that is enough. */
function fit(sentences: readonly string[], institution: string, tail: string): string | undefined {
  const name = graphemes(institution.slice(0, MOST_READ));
  for (const sentence of sentences) {
    for (let length = name.length; length >= Math.min(SHORTEST_NAME, name.length); length -= 1) {
      // "…" is not in GSM-7: it would halve what fits.
      for (const ellipsis of ["...", "…"]) {
        const text = sentence.replace(NAME, () => shorten(name, length, ellipsis)) + tail;
        if (measureSms(text).fits) return text;
      }
      if (!sentence.includes(NAME)) break;
    }
  }
  return undefined;
}

function cut(text: string, length: number): string {
  return shorten(graphemes(text), length, "...");
}

function shorten(parts: readonly string[], length: number, ellipsis: string): string {
  return parts.length <= length ? parts.join("") : parts.slice(0, length).join("").trimEnd() + ellipsis;
}

function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}
