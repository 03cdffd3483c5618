import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RadioField, SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { RevealForm } from "@/components/keys/reveal-form";
import { ScopeFields } from "@/components/keys/scope-fields";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { getKeyForm } from "@/lib/services/keys/get-form";
import { createKeyAction } from "../actions";

const DAYS = [7, 30, 90, 365];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("add") };
}

export default async function NewKeyPage() {
  const ctx = await pageContext("key:own");
  const [t, { own, institution }] = await Promise.all([getTranslations("keys"), getKeyForm(ctx)]);
  const scopes = [...new Set([...own, ...(institution?.secret ?? [])])];
  return (
    <>
      <PageHeader title={t("add")} description={t("addDescription")} back={{ href: "/keys", label: t("title") }} />
      <Card className="p-4 sm:p-6">
        <RevealForm action={createKeyAction} label={t("add")} secretLabel={t("reveal.key")} doneHref="/keys">
          <TextField name="name" label={t("field.name")} hint={t("field.nameHint")} required maxLength={100} autoComplete="off" />
          {institution && (
            <RadioField
              name="actsAs"
              legend={t("field.actsAs")}
              defaultValue="self"
              options={[
                { value: "self", label: t("actsAs.self"), hint: t("actsAs.selfHint") },
                { value: "institution", label: t("actsAs.institution"), hint: t("actsAs.institutionHint") },
                { value: "public", label: t("actsAs.public"), hint: t("actsAs.publicHint") },
              ]}
            />
          )}
          <ScopeFields scopes={scopes} />
          <SelectField
            name="expiresInDays"
            label={t("field.expires")}
            required
            defaultValue="90"
            options={DAYS.map((days) => ({ value: String(days), label: t("days", { days }) }))}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton wide="phone">{t("add")}</SubmitButton>
            <ButtonLink href="/keys" variant="ghost" wide="phone">
              {t("cancel")}
            </ButtonLink>
          </div>
        </RevealForm>
      </Card>
    </>
  );
}
