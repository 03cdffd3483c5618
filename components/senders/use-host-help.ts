"use client";

import { type ClipboardEvent, type FocusEvent, type RefObject, useState } from "react";
import { setFields } from "./form-values";

type Options = { formRef: RefObject<HTMLFormElement | null>; labels: { pasted: string; slips: Record<string, string> } };

// Fetched when somebody types or pastes a server.
const loadPaste = () => import("@/lib/channels/providers/smtp-paste");

/** Understands what people put into the field for the server: a whole smtp:// address, spaces, an email address. */
export function useHostHelp({ formRef, labels }: Options) {
  const [slip, setSlip] = useState<string | null>(null);
  const [filled, setFilled] = useState("");

  async function fillFrom(text: string): Promise<boolean> {
    const form = formRef.current;
    const pasted = (await loadPaste()).readSmtpUrl(text);
    if (!form || !pasted) return false;
    setFields(form, Object.fromEntries(Object.entries(pasted).filter(([, value]) => value !== "")));
    setSlip(null);
    setFilled(labels.pasted);
    return true;
  }

  async function onPaste(event: ClipboardEvent<HTMLElement>) {
    const target = event.target as HTMLInputElement;
    const text = event.clipboardData.getData("text");
    if (target.name !== "host" || !/^\s*<?smtps?:\/\//i.test(text)) return;
    event.preventDefault();
    if (!(await fillFrom(text)) && formRef.current) setFields(formRef.current, { host: text.trim() });
  }

  async function onBlur(event: FocusEvent<HTMLElement>) {
    const target = event.target as unknown as HTMLInputElement;
    const form = formRef.current;
    if (target.name !== "host" || target.value === "" || !form) return;
    const { tidyHost, hostSlip } = await loadPaste();
    if (await fillFrom(target.value)) return;
    const host = tidyHost(target.value);
    if (host !== target.value) setFields(form, { host });
    setSlip(hostSlip(host));
  }

  function onInput() {
    setSlip(null);
    setFilled("");
  }

  return { onPaste, onBlur, onInput, slip: slip ? labels.slips[slip] : undefined, filled };
}
