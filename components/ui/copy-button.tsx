"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button";

type CopyButtonProps = {
  text: string;
  /** Names what is copied. */
  label: string;
  /** Said once it is. */
  copiedLabel: string;
};

const SHOWN_MS = 2_000;

/** Puts a text on the clipboard. Without JavaScript it is not there: the text itself can be selected. */
export function CopyButton({ text, label, copiedLabel }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <span className="inline-flex noscript:hidden">
      <IconButton
        label={label}
        icon={copied ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
        onClick={async () => setCopied(await copy(text))}
      />
      <span role="status" className="sr-only">
        {copied ? copiedLabel : ""}
      </span>
    </span>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromField(text);
  }
}

/** Over plain http a page has no clipboard of its own, but may still copy what is selected in it. */
function copyFromField(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr-only";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
