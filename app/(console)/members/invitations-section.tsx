import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Status } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { InvitationDto } from "@/lib/services/members/list-invitations";
import { resendInvitationAction, revokeInvitationAction } from "./actions";

type InvitationsSectionProps = {
  invitations: readonly InvitationDto[];
  mayTouchOwners: boolean;
  previousHref: string | undefined;
  nextHref: string | undefined;
};

export function InvitationsSection({ invitations, mayTouchOwners, ...around }: InvitationsSectionProps) {
  const t = useTranslations("members");
  const columns = [
    { label: t("invitations.email") },
    { label: t("list.role") },
    { label: t("invitations.expires") },
    { label: t("list.manage"), hidden: true, align: "end" as const },
  ];
  return (
    <Section title={t("invitations.title")} description={t("invitations.description")} padded={false}>
      <Table label={t("invitations.title")} columns={columns}>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} mayTouch={mayTouchOwners || invitation.role !== "owner"} />
        ))}
      </Table>
      <Pagination {...around} />
    </Section>
  );
}

function InvitationRow({ invitation, mayTouch }: { invitation: InvitationDto; mayTouch: boolean }) {
  const t = useTranslations("members");
  const locale = useLocale();
  const { id, email, role, invitedBy, expired, expiresAt } = invitation;
  return (
    <Row>
      <HeadCell>
        <span className="block font-medium">{email}</span>
        {invitedBy && <span className="block text-ink-muted text-sm">{t("invitations.by", { name: invitedBy })}</span>}
      </HeadCell>
      <Cell label={t("list.role")}>{t(`role.${role}`)}</Cell>
      <Cell label={t("invitations.expires")}>
        {expired ? <Status tone="warn">{t("invitations.expired")}</Status> : <DateTime date={expiresAt} locale={locale} />}
      </Cell>
      <Cell align="end">
        {mayTouch && (
          <span className="flex flex-wrap gap-1 sm:justify-end">
            <ActionForm action={resendInvitationAction} label={t("invitations.resendTo", { email })}>
              <input type="hidden" name="email" value={email} />
              <input type="hidden" name="role" value={role} />
              <SubmitButton variant="ghost" size="sm">
                {t("invitations.resend")}
              </SubmitButton>
            </ActionForm>
            <ActionForm action={revokeInvitationAction} label={t("invitations.revokeFor", { email })}>
              <input type="hidden" name="invitationId" value={id} />
              <SubmitButton variant="ghost" size="sm">
                {t("invitations.revoke")}
              </SubmitButton>
            </ActionForm>
          </span>
        )}
      </Cell>
    </Row>
  );
}
