import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { deleteAccountAction } from "./actions";

export function DeleteSection({ email }: { email: string }) {
  const t = useTranslations("account");
  return (
    <Section title={t("delete.title")} description={t("delete.description")} tone="danger">
      <details className="max-w-form">
        <summary className="rounded font-medium text-bad">{t("delete.open")}</summary>
        <ul className="mt-3 mb-4 list-disc space-y-1 pl-5 text-ink-muted">
          <li>{t("delete.losesContactPoints")}</li>
          <li>{t("delete.losesMemberships")}</li>
          <li>{t("delete.keepsAudit")}</li>
        </ul>
        <ActionForm action={deleteAccountAction} label={t("delete.title")}>
          <input type="text" name="username" value={email} autoComplete="username" readOnly hidden />
          <PasswordField name="password" label={t("delete.password")} autoComplete="current-password" required />
          <div>
            <SubmitButton variant="danger">{t("delete.submit")}</SubmitButton>
          </div>
        </ActionForm>
      </details>
    </Section>
  );
}
