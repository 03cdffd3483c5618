import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  back?: { href: string; label: string } | undefined;
  /** Badges beside the title. */
  status?: ReactNode;
};

export function PageHeader({ title, description, actions, back, status }: PageHeaderProps) {
  return (
    <header className="mb-5 sm:mb-6">
      {back && (
        <Link
          href={back.href}
          className="-ml-1.5 mb-1 inline-flex min-h-8 items-center gap-1 rounded-md pr-2 pl-1 text-ink-muted text-sm hover:text-ink touch:min-h-11"
        >
          <ChevronLeft aria-hidden className="size-4" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-semibold text-xl">{title}</h1>
            {status}
          </div>
          {description && <p className="mt-1 max-w-prose text-ink-muted">{description}</p>}
        </div>
        {actions && <div className="flex w-full flex-wrap gap-2 sm:w-auto">{actions}</div>}
      </div>
    </header>
  );
}
