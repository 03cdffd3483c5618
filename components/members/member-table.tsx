import { useLocale, useTranslations } from "next-intl";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";

export type MemberView = { id: string; name: string; email: string; role: string; joinedAt: string; isSelf: boolean };

type MemberTableProps = { members: readonly MemberView[]; manages: boolean };

export function MemberTable({ members, manages }: MemberTableProps) {
  const t = useTranslations("members");
  const locale = useLocale();
  const columns = [
    { label: t("list.name") },
    { label: t("list.role") },
    { label: t("list.joined") },
    { label: t("list.manage"), hidden: true, align: "end" as const },
  ];
  return (
    <Table label={t("list.title")} columns={columns}>
      {members.map((member) => (
        <Row key={member.id}>
          <HeadCell>
            <span className="flex items-center gap-3">
              <Avatar name={member.name} />
              <span className="min-w-0">
                <span className="flex flex-wrap items-center gap-2">
                  <span className="font-medium">{member.name}</span>
                  {member.isSelf && <Badge icon={null}>{t("list.you")}</Badge>}
                </span>
                <span className="block text-ink-muted text-sm">{member.email}</span>
              </span>
            </span>
          </HeadCell>
          <Cell label={t("list.role")}>{t(`role.${member.role}`)}</Cell>
          <Cell label={t("list.joined")}>
            <DateTime date={member.joinedAt} locale={locale} />
          </Cell>
          <Cell align="end" corner>
            {(manages || member.isSelf) && (
              <ButtonLink
                href={`/members/${member.id}`}
                variant="ghost"
                size="sm"
                aria-label={t("list.manageNamed", { name: member.name })}
              >
                {t("list.manage")}
              </ButtonLink>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
