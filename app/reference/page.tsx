import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { APIS, documentOf } from "@/app/api/openapi/apis";
import { Words } from "@/components/apis/words";
import { Section } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("apis"))("reference.title") };
}

export default async function ReferencePage() {
  const t = await getTranslations("apis");
  return (
    <>
      <PageHeader title={t("reference.title")} description={t("reference.description")} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {APIS.map(({ name, description, paths }) => (
          <Section
            key={name}
            title={
              <Link href={`/reference/${name}`} className="rounded-sm underline underline-offset-2">
                {documentOf(name)?.info.title}
              </Link>
            }
            footer={t("reference.operations", { count: Object.values(paths).flatMap((each) => Object.keys(each)).length })}
          >
            <p>
              <Words text={description} />
            </p>
          </Section>
        ))}
      </div>
    </>
  );
}
