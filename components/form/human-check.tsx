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
  const { siteKey, language, noScript, failed } = settings;
  const place = useRef<HTMLDivElement>(null);
  const reset = useRef<(() => void) | null>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    let gone = false;
    let remove = () => {};
    loadTurnstile().then(
      (turnstile) => {
        if (gone || !place.current) return;
        const id = turnstile.render(place.current, {
          sitekey: siteKey,
          action,
          language,
          size: "flexible",
          appearance: "interaction-only",
          callback: () => setBroken(false),
          "error-callback": () => setBroken(true),
        });
        reset.current = () => turnstile.reset(id);
        remove = () => turnstile.remove(id);
      },
      () => setBroken(true),
    );
    return () => {
      gone = true;
      reset.current = null;
      remove();
    };
  }, [siteKey, action, language]);

  // a token is good once, whatever came of it
  const posting = useContext(FormContext)?.pending || pending || false;
  const posted = useRef(false);
  useEffect(() => {
    if (posted.current && !posting) reset.current?.();
    posted.current = posting;
  }, [posting]);

  return (
    <div>
      <div ref={place} />
      {broken && (
        <p role="alert" className="text-bad text-sm">
          {failed}
        </p>
      )}
      <noscript>
        <p className="text-bad text-sm">{noScript}</p>
      </noscript>
    </div>
  );
}
