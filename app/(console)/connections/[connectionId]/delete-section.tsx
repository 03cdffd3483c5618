import { getTranslations } from "next-intl/server";
import { deleteConnectionAction } from "@/app/(console)/connections/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import type { ConnectionDto } from "@/lib/services/connections/dto";

/** Asks, and says what is lost and what stays. */
export async function DeleteSection({ connection: { id, workspace, endpoints } }: { connection: ConnectionDto }) {
  const t = await getTranslations("connections");
  return (
    <Section title={t("delete.title")} description={t("delete.description")} tone="danger">
      <DangerDetails trigger={t("delete.trigger")}>
        <ActionForm action={deleteConnectionAction} label={t("delete.title")} className="mt-3 max-w-form">
          <input type="hidden" name="connectionId" value={id} />
          <p>{t("delete.confirm", { name: workspace.name ?? workspace.id, count: endpoints })}</p>
          <div>
            <SubmitButton variant="danger">{t("delete.submit")}</SubmitButton>
          </div>
        </ActionForm>
      </DangerDetails>
    </Section>
  );
}
