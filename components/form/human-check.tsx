"use client";

import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { FormContext } from "./form-context";
import { loadTurnstile } from "./load-turnstile";

export type HumanCheckSettings = {
  siteKey: string;
  /** As Turnstile names it. */
  language: string;
  noScript: string;
  failed: string;
};

const Settings = createContext<HumanCheckSettings | null>(null);

/** Around all pages; null where there is nothing to check with. */
export function HumanCheckProvider({ settings, children }: { settings: HumanCheckSettings | null; children: ReactNode }) {
  return <Settings value={settings}>{children}</Settings>;
}

type Props = {
  action: "sign_in" | "resend" | "add";
  /** Of the form that it stands in, where that is none of ours. */
  pending?: boolean | undefined;
};

/** Turnstile's widget, within the form that it is for; nothing where it is off, and seen only where it asks something. */
export function HumanCheck(props: Props) {
  const settings = useContext(Settings);
  return settings ? <Widget {...props} settings={settings} /> : null;
}

function Widget({ action, pending, settings }: Props & { settings: HumanCheckSettings }) {
  const place = useRef<HTMLDivElement>(null);
  const { broken, reset } = useTurnstile(place, action, settings);

  // a token is good once, whatever came of it
  const posting = useContext(FormContext)?.pending || pending || false;
  const posted = useRef(false);
  useEffect(() => {
    if (posted.current && !posting) reset();
    posted.current = posting;
  }, [posting, reset]);

  return (
    <div>
      <div ref={place} />
      {broken && (
        <p role="alert" className="text-bad text-sm">
          {settings.failed}
        </p>
      )}
      <noscript>
        <p className="text-bad text-sm">{settings.noScript}</p>
      </noscript>
    </div>
  );
}

function useTurnstile(place: { current: HTMLDivElement | null }, action: string, { siteKey, language }: HumanCheckSettings) {
  const [broken, setBroken] = useState(false);
  const [handle] = useState(() => new Handle());

  useEffect(() => {
    const form = place.current?.closest("form");
    let gone = false;
    const fail = () => {
      setBroken(true);
      handle.settle("broken");
    };
    form?.addEventListener("click", handle.hold, true);
    loadTurnstile().then((turnstile) => {
      if (gone || !place.current) return;
      const id = turnstile.render(place.current, {
        sitekey: siteKey,
        action,
        language,
        size: "flexible",
        appearance: "interaction-only",
        callback: () => {
          setBroken(false);
          handle.settle("solved");
        },
        "expired-callback": () => handle.settle("open"),
        "error-callback": fail,
      });
      handle.start = () => turnstile.reset(id);
      handle.end = () => turnstile.remove(id);
    }, fail);
    return () => {
      gone = true;
      form?.removeEventListener("click", handle.hold, true);
      handle.end();
    };
  }, [place, siteKey, action, language, handle]);

  return { broken, reset: handle.reset };
}

/** One widget, and the button that was pressed before there was a token. */
class Handle {
  private state: "open" | "solved" | "broken" = "open";
  private held: HTMLElement | null = null;
  start = () => {};
  end = () => {};

  settle(state: "open" | "solved" | "broken"): void {
    this.state = state;
    const { held } = this;
    if (state === "open") return;
    this.held = null;
    held?.click();
  }

  /** Whoever is quicker than the check waits for it: every way to send a form goes through its button. */
  readonly hold = (event: Event): void => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button[type=submit]") : null;
    if (!button || this.state !== "open") return;
    event.preventDefault();
    event.stopPropagation();
    this.held = button;
  };

  readonly reset = (): void => {
    this.settle("open");
    this.start();
  };
}
