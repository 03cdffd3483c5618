import { useTranslations } from "next-intl";
import { switchInstitutionAction } from "@/app/(console)/actions";
import { SubmitButton } from "@/components/form/submit-button";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { MyInstitution } from "@/lib/services/institution/list-my-institutions";

export function InstitutionsSection({ institutions }: { institutions: readonly MyInstitution[] }) {
  const t = useTranslations("account");
  const roles = useTranslations("members");
  if (institutions.length === 0) {
    return (
      <Section title={t("institutions.title")}>
        <EmptyState level={3} title={t("institutions.noneTitle")} description={t("institutions.noneDescription")} />
      </Section>
    );
  }
  const columns = [
    { label: t("institutions.name") },
    { label: t("institutions.role") },
    { label: t("institutions.open"), hidden: true, align: "end" as const },
  ];
  return (
    <Section title={t("institutions.title")} description={t("institutions.description")} padded={false}>
      <Table label={t("institutions.title")} columns={columns}>
        {institutions.map((institution) => (
          <Row key={institution.id}>
            <HeadCell>
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{institution.name}</span>
                {institution.current && <Badge tone="good">{t("institutions.current")}</Badge>}
              </span>
            </HeadCell>
            <Cell label={t("institutions.role")}>{roles(`role.${institution.role}`)}</Cell>
            <Cell align="end" corner>
              {!institution.current && (
                <form action={switchInstitutionAction}>
                  <input type="hidden" name="institutionId" value={institution.id} />
                  <SubmitButton variant="ghost" size="sm" aria-label={t("institutions.openNamed", { name: institution.name })}>
                    {t("institutions.open")}
                  </SubmitButton>
                </form>
              )}
            </Cell>
          </Row>
        ))}
      </Table>
    </Section>
  );
}
