import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { changePasswordAction } from "./actions";

export function PasswordSection({ email }: { email: string }) {
  const t = useTranslations("account");
  return (
    <Section title={t("password.title")} description={t("password.description")}>
      <ActionForm action={changePasswordAction} label={t("password.title")} className="max-w-form" resetOnSuccess>
        <input type="text" name="username" value={email} autoComplete="username" readOnly hidden />
        <PasswordField name="currentPassword" label={t("password.current")} autoComplete="current-password" required />
        <PasswordField
          name="newPassword"
          label={t("password.new")}
          hint={t("password.newHint")}
          autoComplete="new-password"
          minLength={15}
          required
        />
        <div>
          <SubmitButton>{t("password.save")}</SubmitButton>
        </div>
      </ActionForm>
    </Section>
  );
}
