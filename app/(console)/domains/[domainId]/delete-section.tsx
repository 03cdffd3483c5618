import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/card";
import { DangerDetails } from "@/components/ui/danger-details";
import type { DomainDetail } from "@/lib/services/domains/get";
import { deleteDomainAction } from "../actions";

/** Asks, and says what is lost; where senders depend on it, names them instead. */
export async function DeleteSection({ domain }: { domain: DomainDetail }) {
  const t = await getTranslations("domains");
  return (
    <Section title={t("delete.title")} description={t("delete.description")} tone="danger">
      {domain.senders.length > 0 ? (
        <>
          <p>{t("delete.inUse", { count: domain.senders.length })}</p>
          <ul className="mt-1 list-disc pl-5">
            {domain.senders.map(({ id, name }) => (
              <li key={id} className="break-words">
                <Link href={`/senders/${id}`} className="rounded-sm underline underline-offset-2">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <DangerDetails trigger={t("delete.trigger")}>
          <ActionForm action={deleteDomainAction} label={t("delete.title")} className="mt-3 max-w-form">
            <input type="hidden" name="domainId" value={domain.id} />
            <p>{t("delete.confirm", { domain: domain.domain })}</p>
            <div>
              <SubmitButton variant="danger">{t("delete.submit")}</SubmitButton>
            </div>
          </ActionForm>
        </DangerDetails>
      )}
    </Section>
  );
}
