import { Phone } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { registerNumberAction } from "@/app/(console)/numbers/actions";
import { textIntegrations } from "@/app/(console)/numbers/text-integrations";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/fields";
import { phoneCountries } from "@/components/form/phone-countries";
import { PhoneField } from "@/components/form/phone-field";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { getInstitution } from "@/lib/services/institution/get-institution";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("numbers"))("register.title") };
}

export default async function RegisterNumberPage() {
  const ctx = await pageContext("number:write");
  const [t, locale, integrations, institution] = await Promise.all([
    getTranslations("numbers"),
    getLocale(),
    textIntegrations(ctx),
    getInstitution(ctx),
  ]);
  return (
    <>
      <PageHeader title={t("register.title")} description={t("register.description")} back={{ href: "/numbers", label: t("title") }} />
      <Card className="p-4 sm:p-6">
        {integrations.length === 0 ? (
          <EmptyState
            level={2}
            icon={<Phone />}
            title={t("noIntegration.title")}
            description={t("noIntegration.description")}
            actions={<ButtonLink href="/senders/new">{t("noIntegration.add")}</ButtonLink>}
          />
        ) : (
          <ActionForm action={registerNumberAction} label={t("register.title")} className="max-w-form">
            <SelectField name="integrationId" label={t("field.integration")} options={integrations} required />
            <PhoneField
              name="number"
              label={t("field.number")}
              required
              countries={phoneCountries(locale)}
              defaultCountry={institution.defaultCountry}
            />
            <TextField name="name" label={t("field.name")} hint={t("field.nameHint")} maxLength={255} autoComplete="off" />
            <div>
              <SubmitButton variant="primary">{t("register.submit")}</SubmitButton>
            </div>
          </ActionForm>
        )}
      </Card>
    </>
  );
}
