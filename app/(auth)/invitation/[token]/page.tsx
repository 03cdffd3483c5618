import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/app/(auth)/auth-page";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField, TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { orNull } from "@/lib/actions/or-null";
import { currentContext } from "@/lib/auth/session";
import { getInvitation, type InvitationView } from "@/lib/services/members/get-invitation";
import { joinAction, joinWithAccountAction, otherAccountAction } from "./actions";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("invitation.page") };
}

export default async function InvitationPage({ params }: Props) {
  const [t, roles, ctx, { token }] = await Promise.all([getTranslations("auth"), getTranslations("members"), currentContext(), params]);
  const invitation = await orNull(getInvitation(ctx, { token }));
  if (!invitation) {
    return (
      <AuthPage title={t("invitation.goneTitle")} description={t("invitation.goneDescription")}>
        <ButtonLink href="/sign-in">{t("signIn.title")}</ButtonLink>
      </AuthPage>
    );
  }
  const { institutionName: institution, invitedBy: inviter, email } = invitation;
  const role = roles(`role.${invitation.role}`);
  const description = inviter ? t("invitation.by", { inviter, institution, role }) : t("invitation.bySomebody", { institution, role });
  return (
    <AuthPage title={t("invitation.title", { institution })} description={description}>
      <p className="mb-5 text-ink-muted">{t(`invitation.next.${invitation.next}`, { email })}</p>
      <NextStep token={token} invitation={invitation} />
    </AuthPage>
  );
}

async function NextStep({ token, invitation }: { token: string; invitation: InvitationView }) {
  const t = await getTranslations("auth");
  const hidden = <input type="hidden" name="token" value={token} />;
  switch (invitation.next) {
    case "join":
      return (
        <ActionForm action={joinAction} label={t("invitation.join")}>
          {hidden}
          <SubmitButton wide>{t("invitation.join")}</SubmitButton>
        </ActionForm>
      );
    case "sign_in":
      return (
        <ButtonLink href={`/sign-in?next=${encodeURIComponent(`/invitation/${token}`)}`} variant="primary" wide>
          {t("invitation.signIn")}
        </ButtonLink>
      );
    case "other_account":
      return (
        <form action={otherAccountAction}>
          {hidden}
          <SubmitButton wide>{t("invitation.signOut")}</SubmitButton>
        </form>
      );
    case "new_account":
      return (
        <ActionForm action={joinWithAccountAction} label={t("invitation.join")}>
          {hidden}
          <input type="text" name="username" value={invitation.email} autoComplete="username" readOnly hidden />
          <TextField name="name" label={t("field.name")} autoComplete="name" maxLength={100} required />
          <PasswordField
            name="password"
            label={t("field.password")}
            hint={t("field.passwordHint")}
            autoComplete="new-password"
            minLength={15}
            required
          />
          <SubmitButton wide>{t("invitation.join")}</SubmitButton>
        </ActionForm>
      );
  }
}
