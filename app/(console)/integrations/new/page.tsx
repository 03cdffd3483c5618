import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createIntegrationAction } from "@/app/(console)/integrations/actions";
import { identifierField } from "@/app/(console)/integrations/identifier-field";
import { CataloguePicker } from "@/app/(console)/integrations/new/catalogue-picker";
import { SpecForm } from "@/components/form/spec-form";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageContext, single } from "@/lib/actions/page";
import type { FormFieldSpec } from "@/lib/channels/form-spec";
import { formSpecFor } from "@/lib/channels/form-spec-for";
import type { CatalogueEntry } from "@/lib/channels/providers/catalogue/define";
import { catalogueEntry } from "@/lib/channels/providers/catalogue/registry";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("integrations"))("add") };
}

export default async function NewIntegrationPage({ searchParams }: Props) {
  await pageContext("sender:write");
  const [t, params] = await Promise.all([getTranslations("integrations"), searchParams]);
  const entry = catalogueEntry(single(params.provider) ?? "");
  if (!entry) {
    return (
      <>
        <PageHeader
          title={t("add")}
          description={t("new.description")}
          back={{ href: "/integrations", label: t("title") }}
          actions={<ButtonLink href="/senders/new">{t("addSender")}</ButtonLink>}
        />
        <CataloguePicker q={single(params.q)?.slice(0, 100) ?? ""} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={t("new.title", { provider: entry.name })}
        description={entry.delivers ? t("deliversHint") : t("keptHint")}
        back={{ href: "/integrations/new", label: t("new.other") }}
      />
      <NewIntegrationForm entry={entry} />
    </>
  );
}

async function NewIntegrationForm({ entry }: { entry: CatalogueEntry }) {
  const [t, words] = await Promise.all([getTranslations("integrations"), getTranslations("providerTypes")]);
  const { fields } = formSpecFor(entry.form, (key) => words(key));
  const own: FormFieldSpec[] = [
    { name: "accountName", label: t("field.name"), hint: t("field.nameHint"), control: "text", required: true, maxLength: 255 },
    { ...identifierField(t("field.identifier"), t("field.identifierHint")), placeholder: `${entry.id}-prod` },
  ];
  return (
    <Card className="p-4 sm:p-6">
      <SpecForm
        spec={{ id: "integration", fields: [...own, ...fields] }}
        action={createIntegrationAction}
        submitLabel={t("add")}
        initial={{ accountName: entry.name }}
        hidden={{ provider: entry.id }}
        cancel={{ href: "/integrations", label: t("cancel") }}
      >
        {fields.length === 0 && <Alert tone="info">{t("new.noFields")}</Alert>}
      </SpecForm>
    </Card>
  );
}
