"use client";

import type { ComponentProps } from "react";
import { cx } from "./cx";
import { controlClass } from "./input";

export type CodeInputProps = Omit<ComponentProps<"input">, "type" | "inputMode" | "maxLength"> & {
  length?: number | undefined;
};

/** Full-width digits become plain ones, everything else falls away. */
export function codeDigits(text: string, length = 6): string {
  return text.normalize("NFKC").replace(/\D/g, "").slice(0, length);
}

/** One field for the whole code, so that a paste and the phone's autofill land in it. */
export function CodeInput({ length = 6, className, onInput, ...rest }: CodeInputProps) {
  return (
    <input
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="off"
      spellCheck={false}
      {...rest}
      type="text"
      inputMode="numeric"
      pattern={`([\\s\\-]*[0-9０-９]){${length}}[\\s\\-]*`}
      onInput={(event) => {
        const input = event.currentTarget;
        const composing = (event.nativeEvent as InputEvent).isComposing;
        const digits = codeDigits(input.value, length);
        if (!composing && digits !== input.value) input.value = digits;
        onInput?.(event);
      }}
      onCompositionEnd={(event) => {
        event.currentTarget.value = codeDigits(event.currentTarget.value, length);
      }}
      className={cx(
        controlClass,
        "h-14 max-w-64 pl-[0.7em] text-center font-mono font-semibold text-2xl! tabular-nums tracking-[0.35em]",
        className,
      )}
    />
  );
}
