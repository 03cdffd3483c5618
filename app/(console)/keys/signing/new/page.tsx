import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TextareaField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { RevealForm } from "@/components/keys/reveal-form";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { createSigningKeyAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("signing.add") };
}

export default async function NewSigningKeyPage() {
  await pageContext("key:write");
  const t = await getTranslations("keys");
  return (
    <>
      <PageHeader
        title={t("signing.add")}
        description={t("signing.addDescription")}
        back={{ href: "/keys/signing", label: t("tabs.signing") }}
      />
      <Card className="p-4 sm:p-6">
        <RevealForm action={createSigningKeyAction} label={t("signing.add")} secretLabel={t("reveal.privateKey")} doneHref="/keys/signing">
          <TextField name="name" label={t("field.name")} hint={t("field.nameHint")} required maxLength={100} autoComplete="off" />
          <TextareaField
            name="publicKey"
            label={t("signing.publicKey")}
            hint={t("signing.publicKeyHint")}
            rows={6}
            maxLength={16_384}
            spellCheck={false}
            autoComplete="off"
          />
          <TextField
            name="kid"
            label={t("signing.kid")}
            hint={t("signing.kidHint")}
            mono
            maxLength={255}
            autoComplete="off"
            spellCheck={false}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton wide="phone">{t("signing.add")}</SubmitButton>
            <ButtonLink href="/keys/signing" variant="ghost" wide="phone">
              {t("cancel")}
            </ButtonLink>
          </div>
        </RevealForm>
      </Card>
    </>
  );
}
