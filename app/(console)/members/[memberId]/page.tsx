import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { CheckboxField, RadioField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { MadeList } from "@/components/keys/made-list";
import { Badge } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import { DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { DateTime } from "@/components/ui/relative-time";
import { idParam, orNotFound, pageContext } from "@/lib/actions/page";
import { may, ROLES } from "@/lib/auth/permissions";
import { getMember } from "@/lib/services/members/get-member";
import { type KeptKeys, listKeptKeys } from "@/lib/services/members/list-kept-keys";
import type { MemberDto } from "@/lib/services/people/member-dto";
import { changeRoleAction, removeMemberAction } from "../actions";

type Props = { params: Promise<{ memberId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members");
  return { title: t("member.page") };
}

export default async function MemberPage({ params }: Props) {
  const ctx = await pageContext("member:read");
  const memberId = idParam((await params).memberId);
  const [t, locale, member] = await Promise.all([getTranslations("members"), getLocale(), orNotFound(getMember(ctx, { memberId }))]);
  const mayGrant = may(ctx.actor, "owner:grant");
  const manages = may(ctx.actor, "member:write") && (mayGrant || member.role !== "owner");
  const kept =
    may(ctx.actor, "key:write") && (manages || member.isSelf) ? await listKeptKeys(ctx, { memberId }) : { items: [], ending: [] };
  return (
    <>
      <PageHeader
        title={member.name}
        status={member.isSelf && <Badge icon={null}>{t("list.you")}</Badge>}
        back={{ href: "/members", label: t("title") }}
      />
      <div className="grid gap-5">
        <Section title={t("member.about")}>
          <DescriptionList
            items={[
              { term: t("member.email"), detail: member.email },
              { term: t("list.role"), detail: t(`role.${member.role}`) },
              { term: t("list.joined"), detail: <DateTime date={member.joinedAt} locale={locale} /> },
            ]}
          />
        </Section>
        {manages && <RoleSection member={member} mayGrant={mayGrant} />}
        {kept.items.length > 0 && (
          <Section title={t("member.keptTitle")} description={t("member.keptDescription", { name: member.name })}>
            <MadeList made={kept.items} />
          </Section>
        )}
        {(manages || member.isSelf) && <RemoveSection member={member} kept={kept} />}
      </div>
    </>
  );
}

async function RoleSection({ member, mayGrant }: { member: MemberDto; mayGrant: boolean }) {
  const t = await getTranslations("members");
  const roles = ROLES.filter((role) => role !== "owner" || mayGrant);
  return (
    <Section title={t("list.role")} description={t("member.roleDescription")}>
      <ActionForm action={changeRoleAction} label={t("list.role")} className="max-w-form">
        <input type="hidden" name="memberId" value={member.id} />
        <RadioField
          name="role"
          legend={t("list.role")}
          hideLegend
          defaultValue={member.role}
          required
          options={roles.map((role) => ({ value: role, label: t(`role.${role}`), hint: t(`roleHint.${role}`) }))}
        />
        <div>
          <SubmitButton>{t("member.save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}

async function RemoveSection({ member, kept }: { member: MemberDto; kept: KeptKeys }) {
  const t = await getTranslations("members");
  const { isSelf, name } = member;
  return (
    <Section
      title={isSelf ? t("member.leaveTitle") : t("member.removeTitle")}
      description={isSelf ? t("member.leaveDescription") : t("member.removeDescription", { name })}
      tone="danger"
    >
      <DangerDetails trigger={isSelf ? t("member.leave") : t("member.remove", { name })}>
        <ActionForm action={removeMemberAction} label={t("member.removeTitle")} className="mt-3 max-w-form">
          <input type="hidden" name="memberId" value={member.id} />
          <p>{isSelf ? t("member.leaveConfirm") : t("member.removeConfirm", { name })}</p>
          {kept.ending.length > 0 && (
            <div className="grid gap-1">
              <p>{t("member.ending")}</p>
              <MadeList made={kept.ending} />
            </div>
          )}
          {kept.items.length > 0 && <CheckboxField name="revokeKeys" label={t("member.keptRevoke")} hint={t("member.keptRevokeHint")} />}
          <div>
            <SubmitButton variant="danger">{isSelf ? t("member.leave") : t("member.remove", { name })}</SubmitButton>
          </div>
        </ActionForm>
      </DangerDetails>
    </Section>
  );
}
