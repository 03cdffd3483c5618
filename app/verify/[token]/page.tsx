import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { confirmLinkAction, repudiateLinkAction } from "@/app/verify/actions";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { AuthFrame } from "@/components/shell/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { HideToken } from "@/components/verification/hide-token";
import { readLink } from "@/lib/services/verifications/link";

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** Opening the link changes nothing: only the button does (R12). In the language of the message. */
export default async function VerifyLinkPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await readLink(token);
  if (!link) {
    const t = await getTranslations("verify");
    return (
      <AuthFrame title={t("dead.title")} description={t("dead.description")}>
        <HideToken />
        <ButtonLink href="/sign-in">{t("dead.signIn")}</ButtonLink>
      </AuthFrame>
    );
  }
  const t = await getTranslations({ locale: link.locale, namespace: "verify" });
  return (
    <div lang={link.locale}>
      <AuthFrame title={t("link.title")} description={t("link.description", { institution: link.institutionName })}>
        <HideToken />
        <p className="mb-6 break-all rounded-lg bg-sunken px-4 py-3 text-center font-medium text-lg">{link.maskedAddress}</p>
        <ActionForm action={confirmLinkAction} label={t("link.confirm")}>
          <input type="hidden" name="token" value={token} />
          <SubmitButton size="lg" wide>
            {t("link.confirm")}
          </SubmitButton>
        </ActionForm>
        <div className="mt-6 border-line border-t pt-5">
          <p className="mb-3 text-ink-muted">{t("link.notMeHint", { institution: link.institutionName })}</p>
          <ActionForm action={repudiateLinkAction} label={t("link.notMe")}>
            <input type="hidden" name="token" value={token} />
            <div>
              <SubmitButton variant="secondary">{t("link.notMe")}</SubmitButton>
            </div>
          </ActionForm>
        </div>
      </AuthFrame>
    </div>
  );
}
