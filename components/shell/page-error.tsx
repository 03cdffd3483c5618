import { CircleOff, Compass } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, ButtonLink } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

/** The body of every 404: the same whether the thing never was or is somebody else's. */
export function NotFoundBody({ homeHref }: { homeHref: string }) {
  const t = useTranslations("shell");
  return (
    <Page
      icon={<Compass />}
      title={t("notFound.title")}
      description={t("notFound.description")}
      actions={
        <ButtonLink href={homeHref} variant="primary">
          {t("notFound.home")}
        </ButtonLink>
      }
    />
  );
}

type ErrorBodyProps = {
  /** The request id or the error's digest. */
  reference?: string | undefined;
  retry?: (() => void) | undefined;
};

export function ErrorBody({ reference, retry }: ErrorBodyProps) {
  const t = useTranslations("shell");
  return (
    <Page
      icon={<CircleOff />}
      title={t("error.title")}
      description={
        <>
          {t("error.description")}
          {reference && <span className="mt-1 block text-ink-faint text-sm">{t("error.reference", { id: reference })}</span>}
        </>
      }
      actions={
        retry && (
          <Button variant="primary" onClick={retry}>
            {t("error.retry")}
          </Button>
        )
      }
    />
  );
}

function Page({ title, ...rest }: Parameters<typeof EmptyState>[0]) {
  return (
    <div className="grid min-h-[60dvh] place-content-center">
      <EmptyState {...rest} level={1} title={title} />
    </div>
  );
}
