import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import type { FormAction } from "@/lib/actions/action-state";

type Props = {
  action: FormAction;
  field: string;
  id: string;
  description: string;
  /** Asked before it is done, by name. */
  question: string;
  /** What else is chosen or said before. */
  children?: ReactNode;
};

/** Asks, and says what stops working. */
export function RevokeSection({ action, field, id, description, question, children }: Props) {
  const t = useTranslations("keys");
  return (
    <Section title={t("revoke.title")} description={description} tone="danger">
      <DangerDetails trigger={t("revoke.trigger")}>
        <ActionForm action={action} label={t("revoke.title")} className="mt-3 max-w-form">
          <input type="hidden" name={field} value={id} />
          <p>{question}</p>
          {children}
          <div>
            <SubmitButton variant="danger">{t("revoke.submit")}</SubmitButton>
          </div>
        </ActionForm>
      </DangerDetails>
    </Section>
  );
}
