import { ChevronsUpDown, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Avatar } from "../ui/avatar";
import { cx } from "../ui/cx";
import { Popover } from "../ui/popover";
import { LanguageForm, type LanguageFormProps } from "./language-form";

export type FormDataAction = (formData: FormData) => void | Promise<void>;
export type Theme = "light" | "dark" | "system";

type UserMenuProps = {
  user: { name: string; email: string };
  accountHref: string;
  theme: Theme;
  /** Takes `theme`. */
  setTheme: FormDataAction;
  language: LanguageFormProps;
  signOut: FormDataAction;
};

const row =
  "flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left hover:bg-ink/6 focus-visible:-outline-offset-2 touch:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-muted";

export function UserMenu({ user, accountHref, theme, setTheme, language, signOut }: UserMenuProps) {
  const t = useTranslations("shell");
  return (
    <Popover
      align="start"
      panelLabel={t("user.menu")}
      panelClassName="w-64 p-1"
      triggerClassName={row}
      trigger={
        <>
          <Avatar name={user.name} />
          <span className="min-w-0 flex-1">
            <span className="sr-only">{t("user.menu")}: </span>
            <span className="block truncate font-medium">{user.name}</span>
            <span className="block truncate text-ink-muted text-xs">{user.email}</span>
          </span>
          <ChevronsUpDown aria-hidden />
        </>
      }
    >
      <Link href={accountHref} className={row}>
        <UserRound aria-hidden />
        {t("user.account")}
      </Link>
      <div className="my-1 space-y-2.5 border-line border-y px-2.5 py-3">
        <ThemeForm theme={theme} action={setTheme} />
        <LanguageForm {...language} />
      </div>
      <form action={signOut}>
        <button type="submit" className={row}>
          <LogOut aria-hidden />
          {t("user.signOut")}
        </button>
      </form>
    </Popover>
  );
}

function ThemeForm({ theme, action }: { theme: Theme; action: FormDataAction }) {
  const t = useTranslations("shell");
  const choices = [
    { value: "light", label: t("theme.light"), icon: <Sun aria-hidden /> },
    { value: "dark", label: t("theme.dark"), icon: <Moon aria-hidden /> },
    { value: "system", label: t("theme.system"), icon: <Monitor aria-hidden /> },
  ];
  return (
    <form action={action}>
      <fieldset>
        <legend className="mb-1 text-ink-muted text-xs">{t("theme.label")}</legend>
        <div className="grid grid-cols-3 gap-0.5 rounded-md bg-sunken p-0.5">
          {choices.map((choice) => (
            <button
              key={choice.value}
              type="submit"
              name="theme"
              value={choice.value}
              aria-pressed={choice.value === theme}
              className={cx(
                "flex min-h-7 flex-col items-center justify-center gap-0.5 rounded px-1 py-1 text-xs touch:min-h-11 [&>svg]:size-4",
                choice.value === theme
                  ? "bg-raised font-medium text-ink shadow-low ring-1 ring-line-strong"
                  : "text-ink-muted hover:text-ink",
              )}
            >
              {choice.icon}
              {choice.label}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
