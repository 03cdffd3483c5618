"use client";

import { buttonClass } from "@/components/ui/button-class";
import "./globals.css";

/** When even the frame of the page cannot be drawn there are no words to be had: plain English, and a way back. Every page loads this. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <main className="grid min-h-dvh place-content-center gap-4 px-6 text-center">
          <h1 className="font-semibold text-xl">Something went wrong</h1>
          <p className="text-ink-muted">It was recorded. Try again; if it keeps happening, give the reference to your administrator.</p>
          {error.digest && <p className="text-ink-faint text-sm">Reference: {error.digest}</p>}
          <div>
            <button type="button" onClick={reset} className={buttonClass({ variant: "primary" })}>
              Try again
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
