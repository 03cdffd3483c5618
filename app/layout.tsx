import type { Metadata, Viewport } from "next";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { currentSession } from "@/lib/auth/session";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Reachable", template: "%s · Reachable" } };

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

// every page carries its own nonce and the person's language and theme
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, { preferences }] = await Promise.all([getLocale(), currentSession()]);
  return (
    <html lang={locale} data-theme={preferences?.theme ?? "system"}>
      <body>{children}</body>
    </html>
  );
}
