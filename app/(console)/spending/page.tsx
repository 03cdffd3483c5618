import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { phoneCountries } from "@/components/form/phone-countries";
import { CountriesSection } from "@/components/spending/countries-section";
import { FiguresSection } from "@/components/spending/figures-section";
import { LimitsSection } from "@/components/spending/limits-section";
import { PolicyForm } from "@/components/spending/policy-form";
import { Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext, single } from "@/lib/actions/page";
import { DAY_RANGES, getSpending } from "@/lib/services/sms-spending/get-spending";
import { allowCountryAction, forbidCountryAction, updateSpendingAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("spending");
  return { title: t("title") };
}

export default async function SpendingPage({ searchParams }: Props) {
  const ctx = await pageContext("spending:read");
  const asked = Number(single((await searchParams).days));
  const days = DAY_RANGES.find((range) => range === asked) ?? 30;
  const [t, locale, spending] = await Promise.all([getTranslations("spending"), getLocale(), getSpending(ctx, { days })]);
  const countries = phoneCountries(locale);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid gap-5">
        <LimitsSection spending={spending} />
        <FiguresSection spending={spending} ranges={DAY_RANGES} />
        <CountriesSection policy={spending.policy} countries={countries} allow={allowCountryAction} forbid={forbidCountryAction} />
        <Section title={t("policy.title")} description={t("policy.description")}>
          <PolicyForm policy={spending.policy} action={updateSpendingAction} />
        </Section>
      </div>
    </>
  );
}
