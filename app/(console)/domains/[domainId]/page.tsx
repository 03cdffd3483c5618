import { RefreshCw } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { DomainBadge } from "@/components/domains/domain-state";
import { RecordList } from "@/components/domains/record-list";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Alert } from "@/components/ui/alert";
import { Section } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may } from "@/lib/auth/permissions";
import { type DomainDetail, getDomain } from "@/lib/services/domains/get";
import { checkDomainAction } from "../actions";
import { DeleteSection } from "./delete-section";

type Props = { params: Promise<{ domainId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("domains");
  return { title: t("one") };
}

export default async function DomainPage({ params }: Props) {
  const ctx = await pageContext("domain:read");
  const domainId = idParam((await params).domainId);
  const [t, domain] = await Promise.all([getTranslations("domains"), orNotFound(getDomain(ctx, { domainId }))]);
  const writes = may(ctx.actor, "domain:write");
  return (
    <>
      <PageHeader
        title={<span className="break-all">{domain.domain}</span>}
        description={domain.unicode}
        status={<DomainBadge state={domain.state} />}
        back={{ href: "/domains", label: t("title") }}
      />
      <div className="grid gap-5">
        <Standing domain={domain} />
        <Section
          title={t("records")}
          description={t("recordsHint", { domain: domain.domain })}
          padded={false}
          actions={
            writes && (
              <ActionForm action={checkDomainAction} label={t("check")}>
                <input type="hidden" name="domainId" value={domain.id} />
                <SubmitButton variant="secondary" icon={<RefreshCw aria-hidden />}>
                  {t("check")}
                </SubmitButton>
              </ActionForm>
            )
          }
        >
          <RecordList records={domain.records} />
        </Section>
        <AboutSection domain={domain} />
        {writes && <DeleteSection domain={domain} />}
      </div>
    </>
  );
}

/** What the state means for whoever sends from the domain. */
async function Standing({ domain }: { domain: DomainDetail }) {
  const t = await getTranslations("domains");
  const ownership = domain.records.find(({ kind }) => kind === "ownership")?.status;
  if (domain.state === "verified" && ownership !== "missing" && ownership !== "wrong") {
    return domain.signs ? null : <Alert tone="info" title={t("standing.unsigned")} />;
  }
  const [tone, key] =
    domain.state === "pending"
      ? (["info", "pending"] as const)
      : domain.state === "failed"
        ? (["bad", "failed"] as const)
        : (["warn", "losing"] as const);
  return (
    <Alert tone={tone} title={t(`standing.${key}.title`)}>
      {t(`standing.${key}.description`)}
    </Alert>
  );
}

async function AboutSection({ domain }: { domain: DomainDetail }) {
  const [t, locale] = await Promise.all([getTranslations("domains"), getLocale()]);
  const time = (at: string | null) => (at === null ? t("never") : <DateTime date={at} locale={locale} />);
  return (
    <Section title={t("about")}>
      <DescriptionList
        items={[
          { term: t("list.signed"), detail: domain.signs ? t("yes") : t("no") },
          { term: t("list.checked"), detail: time(domain.checkedAt) },
          { term: t("nextLook"), detail: time(domain.nextCheckAt) },
          { term: t("verifiedAt"), detail: time(domain.verifiedAt) },
          { term: t("list.added"), detail: time(domain.createdAt) },
        ]}
      />
    </Section>
  );
}
