"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button";

export function CopyButtonClient({ value, label, done }: { value: string; label: string; done: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <IconButton
        label={label}
        icon={copied ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
        onClick={async () => setCopied(await copy(value))}
      />
      <span role="status" className="sr-only">
        {copied && done}
      </span>
    </>
  );
}

/** The clipboard API is missing on a plain-http origin, where the old command still works. */
async function copy(value: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(value).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement("textarea");
  field.value = value;
  field.className = "fixed opacity-0";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
