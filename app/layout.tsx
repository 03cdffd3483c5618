import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { HumanCheckProvider, type HumanCheckSettings } from "@/components/form/human-check";
import { ErrorStringsProvider } from "@/components/shell/error-strings";
import { TimeZoneScript } from "@/components/shell/time-zone-script";
import { currentSession } from "@/lib/auth/session";
import { env } from "@/lib/env";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Reachable", template: "%s · Reachable" },
  icons: { icon: ["/favicon.ico", { url: "/favicon.svg", type: "image/svg+xml" }], apple: "/apple-touch-icon.png" },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

// every page carries its own nonce and the person's language and theme
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, { preferences }, t] = await Promise.all([getLocale(), currentSession(), getTranslations("shell.error")]);
  const strings = { title: t("title"), description: t("description"), reference: t("reference", { id: "{id}" }), retry: t("retry") };
  return (
    <html lang={locale} data-theme={preferences?.theme ?? "system"}>
      <body>
        <TimeZoneScript />
        <ErrorStringsProvider strings={strings}>
          <HumanCheckProvider settings={await humanCheck(locale)}>{children}</HumanCheckProvider>
        </ErrorStringsProvider>
      </body>
    </html>
  );
}

const TURNSTILE_LANGUAGES: Record<string, string> = { zh: "zh-cn", "zh-Hant": "zh-tw" };

async function humanCheck(locale: string): Promise<HumanCheckSettings | null> {
  const { turnstile } = env();
  if (turnstile === null) {
    return null;
  }
  const t = await getTranslations("form.humanCheck");
  const language = TURNSTILE_LANGUAGES[locale] ?? locale;
  return { siteKey: turnstile.siteKey, language, noScript: t("noScript"), failed: t("failed") };
}
