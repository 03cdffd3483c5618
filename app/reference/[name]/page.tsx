import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { documentOf } from "@/app/api/openapi/apis";
import { MethodBadge } from "@/components/apis/method-badge";
import { Words } from "@/components/apis/words";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";

type Params = { params: Promise<{ name: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: documentOf((await params).name)?.info.title ?? "" };
}

export default async function ApiPage({ params }: Params) {
  const { name } = await params;
  const document = documentOf(name);
  if (!document) {
    notFound();
  }
  const t = await getTranslations("apis");
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  );
  const groups = Map.groupBy(operations, ({ tags }) => tags[0] ?? "");
  const schemes = Object.values(document.components.securitySchemes) as Array<{ name?: string; scheme?: string; description: string }>;
  return (
    <>
      <PageHeader
        title={document.info.title}
        description={<Words text={document.info.description} />}
        back={{ href: "/reference", label: t("reference.title") }}
        actions={<ButtonLink href={`/api/openapi/${name}.json`}>{t("reference.document")}</ButtonLink>}
      />
      <div className="grid gap-5">
        <Section title={t("reference.credentials")}>
          <DescriptionList
            items={schemes.map((scheme) => ({
              term: scheme.name ?? "Authorization",
              detail: <Words text={scheme.description} />,
            }))}
          />
        </Section>
        {[...groups].map(([tag, entries]) => (
          <Section key={tag} title={<span className="font-mono">{tag}</span>} padded={false}>
            <ul className="divide-y divide-line">
              {entries.map(({ operationId, method, path, summary }) => (
                <li key={operationId} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5">
                  <MethodBadge method={method} />
                  <Link
                    href={`/reference/${name}/${operationId}`}
                    className="inline-flex items-center break-all rounded-sm font-mono text-sm underline underline-offset-2 touch:min-h-11"
                  >
                    {path}
                  </Link>
                  <span lang="en" className="text-ink-muted">
                    {summary}
                  </span>
                </li>
              ))}
            </ul>
          </Section>
        ))}
      </div>
    </>
  );
}
