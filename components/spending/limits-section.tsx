import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatAmount } from "@/components/spending/words";
import { Alert } from "@/components/ui/alert";
import { Status } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { DateTime } from "@/components/ui/relative-time";
import type { SpendingDto } from "@/lib/services/sms-spending/get-spending";

const NEARLY = 80;

/** What may still be spent, and what pauses. */
export function LimitsSection({ spending }: { spending: SpendingDto }) {
  const t = useTranslations("spending");
  const locale = useLocale();
  const { budget, policy, limits, perDialCode, pauses } = spending;
  const amount = (value: string) => formatAmount(value, policy.currency, locale);
  const limit = (id: string, term: string, used: number, max: number) => ({
    term,
    detail: (
      <Used key={id} percent={(used / max) * 100}>
        {t("limits.used", { used, max })}
      </Used>
    ),
  });
  return (
    <Section title={t("limits.title")} description={t("limits.description")}>
      <div className="grid gap-4">
        {pauses.map(({ dialCode, until }) => (
          <Alert key={dialCode} tone="warn" title={t("limits.paused", { dialCode: `+${dialCode}` })}>
            {t.rich("limits.pausedUntil", { time: () => <DateTime date={until} locale={locale} /> })}
          </Alert>
        ))}
        <DescriptionList
          items={[
            {
              term: t("limits.budget"),
              detail:
                budget && policy.monthlyBudget !== null ? (
                  <Used percent={budget.percent}>
                    {t("limits.budgetUsed", { used: amount(budget.used), budget: amount(policy.monthlyBudget), percent: budget.percent })}
                  </Used>
                ) : (
                  <span className="text-ink-muted">{t("limits.noBudget")}</span>
                ),
            },
            ...limits.map(({ id, used, max }) => limit(id, t(`limits.${id}`), used, max)),
            ...perDialCode.map(({ dialCode, used, max }) => limit(dialCode, t("limits.dialCode", { dialCode: `+${dialCode}` }), used, max)),
          ]}
        />
      </div>
    </Section>
  );
}

function Used({ percent, children }: { percent: number; children: ReactNode }) {
  const tone = percent >= 100 ? "bad" : percent >= NEARLY ? "warn" : null;
  return tone ? <Status tone={tone}>{children}</Status> : <span className="tabular-nums">{children}</span>;
}
