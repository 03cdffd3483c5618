import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { DateTime, RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { describeAgent } from "@/lib/core/describe-agent";
import type { SessionDto } from "@/lib/services/session/list-sessions";
import { revokeAllAction, revokeOthersAction, revokeSessionAction } from "./actions";

export function SessionsSection({ sessions }: { sessions: readonly SessionDto[] }) {
  const t = useTranslations("account");
  const columns = [
    { label: t("sessions.device") },
    { label: t("sessions.address") },
    { label: t("sessions.signedIn") },
    { label: t("sessions.lastUsed") },
    { label: t("sessions.signOut"), hidden: true, align: "end" as const },
  ];
  return (
    <Section
      title={t("sessions.title")}
      description={t("sessions.description")}
      padded={false}
      footer={
        <>
          {sessions.length > 1 && (
            <ActionForm action={revokeOthersAction} label={t("sessions.signOutOthers")}>
              <SubmitButton variant="secondary">{t("sessions.signOutOthers")}</SubmitButton>
            </ActionForm>
          )}
          <ActionForm action={revokeAllAction} label={t("sessions.signOutAll")}>
            <SubmitButton variant="secondary">{t("sessions.signOutAll")}</SubmitButton>
          </ActionForm>
        </>
      }
    >
      <Table label={t("sessions.title")} columns={columns}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Table>
    </Section>
  );
}

function SessionRow({ session }: { session: SessionDto }) {
  const t = useTranslations("account");
  const locale = useLocale();
  const { browser, system } = describeAgent(session.userAgent);
  const device = [browser, system].filter(Boolean).join(", ") || t("sessions.unknownDevice");
  return (
    <Row>
      <HeadCell>
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{device}</span>
          {session.current && <Badge tone="good">{t("sessions.current")}</Badge>}
        </span>
      </HeadCell>
      <Cell label={t("sessions.address")}>
        <span className="font-mono text-sm">{session.ip ?? t("sessions.unknownAddress")}</span>
      </Cell>
      <Cell label={t("sessions.signedIn")}>
        <DateTime date={session.createdAt} locale={locale} />
      </Cell>
      <Cell label={t("sessions.lastUsed")}>
        <RelativeTime date={session.lastSeenAt} now={new Date()} locale={locale} />
      </Cell>
      <Cell align="end" corner>
        {!session.current && (
          <ActionForm action={revokeSessionAction} label={t("sessions.signOutDevice", { device })}>
            <input type="hidden" name="sessionId" value={session.id} />
            <SubmitButton variant="ghost" size="sm">
              {t("sessions.signOut")}
            </SubmitButton>
          </ActionForm>
        )}
      </Cell>
    </Row>
  );
}
