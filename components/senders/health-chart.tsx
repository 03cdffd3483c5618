import { getLocale, getTranslations } from "next-intl/server";
import { cx } from "@/components/ui/cx";
import type { SenderHealth } from "@/lib/services/senders/dto";

const DAYS = 14;
const DAY_MS = 86_400_000;
/** A few messages are few to look at, too. */
const LOWEST_TOP = 5;
const [STEP, BAR, HEIGHT] = [10, 7, 32];

type Days = SenderHealth["days"];
type Props = { days: Days; now: Date; size?: "small" | "large" };

/** Every day of the last fortnight, those without messages too. */
function fortnight(days: Days, now: Date): Days {
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(now.getTime() - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return days.find((each) => each.day.slice(0, 10) === day) ?? { day, sent: 0, failed: 0 };
  });
}

/** What went out and what failed on each of the last 14 days, said in one sentence to who does not see it. */
export async function HealthChart({ days, now, size = "small" }: Props) {
  const t = await getTranslations("senders.chart");
  const all = fortnight(days, now);
  const [sent, failed] = [sum(all.map((day) => day.sent)), sum(all.map((day) => day.failed))];
  const highest = Math.max(LOWEST_TOP, ...all.map((day) => day.sent + day.failed));
  const scale = (count: number) => (count === 0 ? 0 : Math.max(2, (count / highest) * (HEIGHT - 2)));
  return (
    <svg
      role="img"
      aria-label={t("summary", { sent, failed })}
      viewBox={`0 0 ${DAYS * STEP - (STEP - BAR)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={cx("block border-line-strong border-b", size === "large" ? "h-32 w-full" : "h-8 w-28 @2xl:w-16 @4xl:w-28")}
    >
      {all.map((day, index) => {
        const [good, bad] = [scale(day.sent), scale(day.failed)];
        const x = index * STEP;
        return (
          <g key={day.day}>
            <rect x={x} y={HEIGHT - good} width={BAR} height={good} className="fill-good" />
            <rect x={x} y={Math.max(0, HEIGHT - good - bad)} width={BAR} height={bad} className="fill-bad" />
          </g>
        );
      })}
    </svg>
  );
}

/** Which days the ends of the picture are. */
export async function ChartDates({ now }: { now: Date }) {
  const locale = await getLocale();
  const date = shortDate(locale);
  const first = new Date(now.getTime() - (DAYS - 1) * DAY_MS);
  return (
    <p aria-hidden className="flex justify-between text-ink-muted text-xs">
      <span>{date.format(first)}</span>
      <span>{date.format(now)}</span>
    </p>
  );
}

function shortDate(locale: string) {
  return new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" });
}

/** The same numbers as a table, for who wants to read them. */
export async function HealthTable({ days, now }: { days: Days; now: Date }) {
  const [t, locale] = await Promise.all([getTranslations("senders.chart"), getLocale()]);
  const date = shortDate(locale);
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-ink-muted hover:text-ink">{t("asTable")}</summary>
      <table className="mt-2 w-full max-w-sm text-left tabular-nums">
        <thead className="text-ink-muted">
          <tr>
            <th scope="col" className="py-1 font-medium">
              {t("day")}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t("sent")}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t("failed")}
            </th>
          </tr>
        </thead>
        <tbody>
          {fortnight(days, now)
            .toReversed()
            .map((day) => (
              <tr key={day.day} className="border-line border-t">
                <th scope="row" className="py-1 font-normal">
                  {date.format(new Date(day.day))}
                </th>
                <td className="py-1 text-right">{day.sent}</td>
                <td className="py-1 text-right">{day.failed}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </details>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
