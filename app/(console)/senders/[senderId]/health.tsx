import { getTranslations } from "next-intl/server";
import { ChartDates, HealthChart, HealthTable } from "@/components/senders/health-chart";
import { Section } from "@/components/ui/card";
import type { SenderDetailDto } from "@/lib/services/senders/dto";

/** The last 14 days: as a picture, and as numbers for who wants to read them. */
export async function Health({ sender, now }: { sender: SenderDetailDto; now: Date }) {
  const t = await getTranslations("senders.chart");
  const { days } = sender.health;
  const total = (of: "sent" | "failed") => days.reduce((sum, day) => sum + day[of], 0);
  return (
    <Section title={t("title")} description={t("summary", { sent: total("sent"), failed: total("failed") })}>
      <div className="grid gap-3">
        <div className="grid gap-1">
          <HealthChart days={days} now={now} size="large" />
          <ChartDates now={now} />
        </div>
        <p aria-hidden className="flex gap-4 text-ink-muted text-sm">
          {(["sent", "failed"] as const).map((what) => (
            <span key={what} className="inline-flex items-center gap-1.5">
              <svg viewBox="0 0 8 8" className="size-2.5" aria-hidden="true">
                <rect width="8" height="8" rx="2" className={what === "sent" ? "fill-good" : "fill-bad"} />
              </svg>
              {t(what)}
            </span>
          ))}
        </p>
        <HealthTable days={days} now={now} />
      </div>
    </Section>
  );
}
