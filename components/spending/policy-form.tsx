import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { countryName } from "@/components/spending/words";
import type { FormAction } from "@/lib/actions/action-state";
import type { SpendingDto } from "@/lib/services/sms-spending/get-spending";

/** What texts may cost: the budget of a month, and a price for each country that they may go to. */
export function PolicyForm({ policy, action }: { policy: SpendingDto["policy"]; action: FormAction }) {
  const t = useTranslations("spending");
  const locale = useLocale();
  return (
    <ActionForm key={policy.countries.join()} action={action} label={t("policy.title")} className="max-w-form">
      <TextField
        name="monthlyBudget"
        label={t("policy.budget")}
        hint={t("policy.budgetHint")}
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        defaultValue={policy.monthlyBudget ?? ""}
      />
      <TextField
        name="currency"
        label={t("policy.currency")}
        hint={t("policy.currencyHint")}
        required
        maxLength={3}
        autoComplete="off"
        defaultValue={policy.currency}
      />
      <TextField
        name="prices.*"
        label={t("policy.price")}
        hint={t("policy.priceHint")}
        inputMode="decimal"
        autoComplete="off"
        maxLength={20}
        defaultValue={policy.prices["*"] ?? ""}
      />
      {policy.countries.map((code) => (
        <TextField
          key={code}
          name={`prices.${code}`}
          label={t("policy.priceOf", { country: countryName(code, locale, code) })}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          defaultValue={policy.prices[code] ?? ""}
        />
      ))}
      <div>
        <SubmitButton>{t("policy.save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
