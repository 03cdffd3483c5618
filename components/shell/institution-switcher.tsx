import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { Popover } from "../ui/popover";
import type { FormDataAction } from "./user-menu";

type InstitutionSwitcherProps = {
  current: { id: string; name: string };
  institutions: readonly { id: string; name: string; role?: string | undefined }[];
  /** Takes `institutionId`. */
  action: FormDataAction;
  /** Where a further institution is made, for those who may. */
  createHref?: string | undefined;
};

const row = "flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left touch:min-h-11";

export function InstitutionSwitcher({ current, institutions, action, createHref }: InstitutionSwitcherProps) {
  const t = useTranslations("shell");
  return (
    <Popover
      align="start"
      panelLabel={t("institution.choose")}
      panelClassName="w-64 p-1"
      triggerClassName={cx(row, "border border-line bg-surface shadow-low hover:border-line-strong")}
      trigger={
        <>
          <span className="sr-only">{t("institution.current")}</span>
          <span className="min-w-0 flex-1 truncate font-medium">{current.name}</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </>
      }
    >
      <form action={action}>
        <ul>
          {institutions.map((institution) => {
            const chosen = institution.id === current.id;
            return (
              <li key={institution.id}>
                <button
                  type="submit"
                  name="institutionId"
                  value={institution.id}
                  aria-current={chosen ? "true" : undefined}
                  className={cx(row, "hover:bg-ink/6 focus-visible:-outline-offset-2")}
                >
                  <Avatar name={institution.name} size="sm" />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate">{institution.name}</span>
                    {institution.role && <span className="block text-ink-muted text-xs">{institution.role}</span>}
                  </span>
                  {chosen && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
                </button>
              </li>
            );
          })}
        </ul>
      </form>
      {createHref && (
        <Link
          href={createHref}
          className={cx(row, "mt-1 border-line border-t text-ink-muted hover:bg-ink/6 hover:text-ink focus-visible:-outline-offset-2")}
        >
          <Plus aria-hidden className="size-4" />
          {t("institution.create")}
        </Link>
      )}
    </Popover>
  );
}
