import { useTimeZone } from "next-intl";

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

type TimeProps = {
  date: Date | string;
  locale: string;
  className?: string | undefined;
};

/** "3 hours ago", with the moment itself, in the reader's time zone, as the tooltip. `now` is the request's time, so that server and browser agree. */
export function RelativeTime({ date, locale, now, className }: TimeProps & { now: Date | string }) {
  const timeZone = useTimeZone();
  const at = new Date(date);
  const seconds = Math.round((at.getTime() - new Date(now).getTime()) / 1_000);
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const value = Math.abs(seconds) < 10 ? 0 : Math.trunc(seconds / size);
  return (
    <time dateTime={at.toISOString()} title={moment(at, locale, timeZone)} suppressHydrationWarning className={className}>
      {words.format(value, unit)}
    </time>
  );
}

/** The moment itself in the reader's time zone, which it names. */
export function DateTime({ date, locale, className }: TimeProps) {
  const timeZone = useTimeZone();
  const at = new Date(date);
  return (
    <time dateTime={at.toISOString()} suppressHydrationWarning className={className}>
      {moment(at, locale, timeZone)}
    </time>
  );
}

function moment(at: Date, locale: string, timeZone = "UTC"): string {
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  }).format(at);
}
