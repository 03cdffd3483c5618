import { getTranslations } from "next-intl/server";
import { deleteIntegrationAction } from "@/app/(console)/integrations/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { usesText } from "@/components/integrations/uses-text";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import type { IntegrationDto } from "@/lib/services/integrations/dto";

/** Asks, and says what is lost; where something stands on it, says so instead. */
export async function DeleteSection({ integration }: { integration: IntegrationDto }) {
  const [t, uses] = await Promise.all([getTranslations("integrations"), usesText(integration)]);
  return (
    <Section title={t("delete.title")} description={t("delete.description")} tone="danger">
      {uses !== null ? (
        <p>{t("delete.inUse", { uses })}</p>
      ) : (
        <DangerDetails trigger={t("delete.trigger")}>
          <ActionForm action={deleteIntegrationAction} label={t("delete.title")} className="mt-3 max-w-form">
            <input type="hidden" name="integrationId" value={integration.id} />
            <p>{t("delete.confirm", { name: integration.name })}</p>
            <div>
              <SubmitButton variant="danger">{t("delete.submit")}</SubmitButton>
            </div>
          </ActionForm>
        </DangerDetails>
      )}
    </Section>
  );
}
