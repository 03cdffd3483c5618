"use client";

import Link from "next/link";
import { useEffect, useId, useRef } from "react";
import { ActionFormClient, type ActionFormProps } from "../form/action-form-client";
import type { FormStrings } from "../form/form-strings";
import { Alert } from "../ui/alert";
import { buttonClass } from "../ui/button-class";
import { CopyButton } from "../ui/copy-button";
import { cx } from "../ui/cx";
import { Textarea } from "../ui/textarea";

type RevealStrings = Record<"title" | "description" | "secret" | "copy" | "copied" | "done" | "doneHref", string> & {
  beside: Record<"label" | "hint" | "text" | "copy", string> | undefined;
};

export function RevealFormClient({ reveal, ...form }: ActionFormProps & { strings: FormStrings; reveal: RevealStrings }) {
  return <ActionFormClient {...form} done={({ data }) => <Revealed secret={secretOf(data)} words={reveal} />} />;
}

/** A form without JavaScript is answered with this in the page, so the secret can be selected as well as copied. */
function Revealed({ secret, words }: { secret: string; words: RevealStrings }) {
  const id = useId();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <div className="grid gap-4">
      <Alert tone="warn" title={words.title} live="status" ref={top}>
        {words.description}
      </Alert>
      <div className="grid gap-1.5">
        <label htmlFor={id} className="font-medium text-sm">
          {words.secret}
        </label>
        <div className="flex items-start gap-2">
          <Textarea
            id={id}
            readOnly
            rows={secret.includes("\n") ? 12 : 3}
            value={secret}
            spellCheck={false}
            autoComplete="off"
            onFocus={(event) => event.currentTarget.select()}
            className={cx("break-all font-mono", secret.includes("\n") ? "text-xs" : "text-sm")}
          />
          <CopyButton text={secret} label={words.copy} copiedLabel={words.copied} />
        </div>
      </div>
      {words.beside && (
        <div className="grid gap-1.5">
          <p className="font-medium text-sm">{words.beside.label}</p>
          <div className="flex flex-wrap items-center gap-2">
            <code className="break-all font-mono text-sm">{words.beside.text}</code>
            <CopyButton text={words.beside.text} label={words.beside.copy} copiedLabel={words.copied} />
          </div>
          <p className="text-ink-muted text-sm">{words.beside.hint}</p>
        </div>
      )}
      <div>
        <Link href={words.doneHref} className={buttonClass({ variant: "primary", wide: "phone" })}>
          {words.done}
        </Link>
      </div>
    </div>
  );
}

function secretOf(data: unknown): string {
  const secret = typeof data === "object" && data !== null && "secret" in data ? data.secret : "";
  return typeof secret === "string" ? secret : "";
}
