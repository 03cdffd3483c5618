import { getTranslations } from "next-intl/server";
import { AuthFrame } from "@/components/shell/auth-frame";

export default async function RefusedPage() {
  const t = await getTranslations("verify");
  return (
    <AuthFrame title={t("refused.title")}>
      <p className="text-ink-muted">{t("refused.description")}</p>
    </AuthFrame>
  );
}
