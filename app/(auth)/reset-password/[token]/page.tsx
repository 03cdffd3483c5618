import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/app/(auth)/auth-page";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { ButtonLink } from "@/components/ui/button";
import { orNull } from "@/lib/actions/or-null";
import { currentContext } from "@/lib/auth/session";
import { getPasswordReset } from "@/lib/services/account/get-password-reset";
import { resetPasswordAction } from "./actions";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("reset.title") };
}

export default async function ResetPasswordPage({ params }: Props) {
  const [t, ctx, { token }] = await Promise.all([getTranslations("auth"), currentContext(), params]);
  const account = await orNull(getPasswordReset(ctx, { token }));
  if (!account) {
    return (
      <AuthPage title={t("reset.goneTitle")} description={t("reset.goneDescription")}>
        <ButtonLink href="/forgot-password" variant="primary">
          {t("reset.again")}
        </ButtonLink>
      </AuthPage>
    );
  }
  return (
    <AuthPage title={t("reset.title")} description={t("reset.description", { email: account.email })}>
      <ActionForm action={resetPasswordAction} label={t("reset.title")}>
        <input type="hidden" name="token" value={token} />
        {/* for the password manager, which keeps the new password under this name */}
        <input type="text" name="username" value={account.email} autoComplete="username" readOnly hidden />
        <PasswordField
          name="password"
          label={t("reset.password")}
          hint={t("field.passwordHint")}
          autoComplete="new-password"
          minLength={15}
          required
        />
        <SubmitButton wide>{t("reset.submit")}</SubmitButton>
      </ActionForm>
    </AuthPage>
  );
}
