import { Phone } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { textIntegrations } from "@/app/(console)/numbers/text-integrations";
import { phoneCountries } from "@/components/form/phone-countries";
import { Alert } from "@/components/ui/alert";
import { Button, ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { pageContext, single } from "@/lib/actions/page";
import type { Context } from "@/lib/auth/actor";
import type { NumberOffer } from "@/lib/channels/providers/define";
import { AppError } from "@/lib/core/errors";
import { describeError } from "@/lib/i18n/describe-error";
import { getInstitution } from "@/lib/services/institution/get-institution";
import { searchNumbers } from "@/lib/services/numbers/search";
import { Offers } from "./offers";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("numbers"))("buy.title") };
}

export default async function BuyNumberPage({ searchParams }: Props) {
  const ctx = await pageContext("number:write");
  const params = await searchParams;
  const [t, locale, integrations, institution] = await Promise.all([
    getTranslations("numbers"),
    getLocale(),
    textIntegrations(ctx, true),
    getInstitution(ctx),
  ]);
  const asked = {
    integrationId: single(params.integration) ?? "",
    country: single(params.country) ?? institution.defaultCountry,
    contains: single(params.contains)?.slice(0, 20) ?? "",
  };
  const found = asked.integrationId ? await search(ctx, asked) : null;
  const countries = phoneCountries(locale).map(([value, dial, name]) => ({ value, label: `${name} (+${dial})` }));
  return (
    <>
      <PageHeader title={t("buy.title")} description={t("buy.description")} back={{ href: "/numbers", label: t("title") }} />
      <div className="grid gap-5">
        <Section title={t("buy.search")}>
          {integrations.length === 0 ? (
            <EmptyState
              level={3}
              icon={<Phone />}
              title={t("noIntegration.title")}
              description={t("buy.noShop")}
              actions={<ButtonLink href="/senders/new">{t("noIntegration.add")}</ButtonLink>}
            />
          ) : (
            <form aria-label={t("buy.search")} className="grid max-w-form gap-4">
              <Field label={t("field.integration")} required>
                {(control) => (
                  <Select {...control} name="integration" options={integrations} defaultValue={asked.integrationId || undefined} />
                )}
              </Field>
              <Field label={t("field.country")} required>
                {(control) => <Select {...control} name="country" options={countries} defaultValue={asked.country} />}
              </Field>
              <Field label={t("field.contains")} hint={t("field.containsHint")}>
                {(control) => <Input {...control} name="contains" inputMode="numeric" maxLength={10} defaultValue={asked.contains} />}
              </Field>
              <div>
                <Button type="submit" variant="primary">
                  {t("buy.submitSearch")}
                </Button>
              </div>
            </form>
          )}
        </Section>
        {found && "problem" in found && (
          <Alert tone="bad" live="alert">
            {found.problem}
          </Alert>
        )}
        {found && "offers" in found && <Offers offers={found.offers} integrationId={asked.integrationId} />}
      </div>
    </>
  );
}

type Found = { offers: NumberOffer[] } | { problem: string };

async function search(ctx: Context, asked: unknown): Promise<Found> {
  try {
    return { offers: (await searchNumbers(ctx, asked)).items };
  } catch (error) {
    if (!(error instanceof AppError)) {
      throw error;
    }
    const { message, fields } = await describeError(error, ctx.request.locale);
    return { problem: fields[0]?.message ?? message };
  }
}
