import { getTranslations } from "next-intl/server";
import { AuthFrame } from "@/components/shell/auth-frame";
import { ButtonLink } from "@/components/ui/button";

export default async function VerifiedPage() {
  const t = await getTranslations("verify");
  return (
    <AuthFrame title={t("done.title")} description={t("done.description")}>
      <ButtonLink href="/contact-points">{t("done.open")}</ButtonLink>
    </AuthFrame>
  );
}
