import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SelectField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { RevealForm } from "@/components/keys/reveal-form";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext } from "@/lib/actions/page";
import { ownBizId } from "@/lib/dialects/slaunchx/own-biz-id";
import { createAccessTokenAction } from "../../actions";

const MINUTES = [5, 15, 60];

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("tokens.add") };
}

export default async function NewTokenPage() {
  const ctx = await pageContext("key:own");
  const t = await getTranslations("keys");
  const beside = { label: t("tokens.bizId"), hint: t("tokens.bizIdHint"), text: ownBizId(ctx), copy: t("tokens.copyBizId") };
  return (
    <>
      <PageHeader
        title={t("tokens.add")}
        description={t("tokens.addDescription")}
        back={{ href: "/keys/tokens", label: t("tabs.tokens") }}
      />
      <Card className="p-4 sm:p-6">
        <RevealForm
          action={createAccessTokenAction}
          label={t("tokens.add")}
          secretLabel={t("reveal.token")}
          doneHref="/keys/tokens"
          beside={beside}
        >
          <TextField name="name" label={t("field.name")} hint={t("field.nameHint")} required maxLength={100} autoComplete="off" />
          <SelectField
            name="minutes"
            label={t("field.expires")}
            required
            defaultValue="60"
            options={MINUTES.map((minutes) => ({ value: String(minutes), label: t("minutes", { minutes }) }))}
          />
          <div className="flex flex-wrap gap-2">
            <SubmitButton wide="phone">{t("tokens.add")}</SubmitButton>
            <ButtonLink href="/keys/tokens" variant="ghost" wide="phone">
              {t("cancel")}
            </ButtonLink>
          </div>
        </RevealForm>
      </Card>
    </>
  );
}
