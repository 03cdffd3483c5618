import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { setLanguageAction } from "@/app/(console)/actions";
import { AuthFrame } from "@/components/shell/auth-frame";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";

type AuthPageProps = {
  title: ReactNode;
  description?: ReactNode;
  footer?: ReactNode;
  size?: "sm" | "md";
  children: ReactNode;
};

/** The frame of every page before sign-in, with the choice of language at its foot. */
export async function AuthPage(props: AuthPageProps) {
  const language = {
    locale: await getLocale(),
    locales: LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] })),
    action: setLanguageAction,
  };
  return <AuthFrame {...props} language={language} />;
}
