import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Toaster } from "../ui/toaster";
import { SkipLink } from "./app-frame";
import { LanguageForm, type LanguageFormProps } from "./language-form";
import { Logo } from "./logo";

type AuthFrameProps = {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** Links under the card. */
  footer?: ReactNode;
  banners?: ReactNode;
  language?: Omit<LanguageFormProps, "compact"> | undefined;
  size?: "sm" | "md" | undefined;
};

/** One card in the middle: sign-in, set-up, invitation, the page behind a mailed link. */
export function AuthFrame(props: AuthFrameProps) {
  const t = useTranslations("shell");
  const { title, description, children, footer, banners, language, size = "sm" } = props;
  const width = size === "sm" ? "max-w-md" : "max-w-xl";
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink label={t("skip")} />
      {banners && (
        <aside aria-label={t("banners")} className="empty:hidden">
          {banners}
        </aside>
      )}
      <main
        id="main"
        tabIndex={-1}
        className={`mx-auto flex w-full flex-1 flex-col justify-center px-4 py-8 outline-none sm:py-12 ${width}`}
      >
        <div className="mb-6 sm:px-8">
          <Logo />
        </div>
        <div className="sm:rounded-xl sm:border sm:border-line sm:bg-surface sm:p-8 sm:shadow-low">
          <h1 className="font-semibold text-xl">{title}</h1>
          {description && <div className="mt-1.5 text-ink-muted">{description}</div>}
          <div className="mt-6">{children}</div>
        </div>
        {footer && <div className="mt-5 text-ink-muted text-sm sm:px-8">{footer}</div>}
      </main>
      {language && (
        <footer className={`mx-auto w-full px-4 pb-6 sm:px-12 ${width}`}>
          <div className="max-w-48">
            <LanguageForm {...language} compact />
          </div>
        </footer>
      )}
      <Toaster labels={{ region: t("toasts.region"), dismiss: t("toasts.dismiss") }} />
    </div>
  );
}
