import { Compass } from "lucide-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

/** The body of every 404: the same whether the thing never was or is somebody else's. */
export function NotFoundBody({ homeHref }: { homeHref: string }) {
  const t = useTranslations("shell");
  return (
    <div className="grid min-h-[60dvh] place-content-center">
      <EmptyState
        icon={<Compass />}
        level={1}
        title={t("notFound.title")}
        description={t("notFound.description")}
        actions={
          <ButtonLink href={homeHref} variant="primary">
            {t("notFound.home")}
          </ButtonLink>
        }
      />
    </div>
  );
}
