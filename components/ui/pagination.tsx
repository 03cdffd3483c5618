import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "./button";

type PaginationProps = {
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** For example "1–25 of 310". */
  summary?: ReactNode;
};

/** Keyset paging has a before and an after, and no page numbers. */
export function Pagination({ previousHref, nextHref, summary }: PaginationProps) {
  const t = useTranslations("ui");
  if (!previousHref && !nextHref && !summary) return null;
  return (
    <nav
      aria-label={t("pagination.label")}
      className="flex flex-wrap items-center justify-between gap-2 border-line border-t px-4 py-2.5 sm:px-5"
    >
      <p className="text-ink-muted text-sm">{summary}</p>
      <div className="flex gap-2">
        {previousHref && (
          <ButtonLink size="sm" href={previousHref} rel="prev" icon={<ChevronLeft aria-hidden />}>
            {t("pagination.previous")}
          </ButtonLink>
        )}
        {nextHref && (
          <ButtonLink size="sm" href={nextHref} rel="next">
            {t("pagination.next")}
            <ChevronRight aria-hidden />
          </ButtonLink>
        )}
      </div>
    </nav>
  );
}
