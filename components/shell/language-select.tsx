"use client";

import { useId } from "react";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Select } from "../ui/select";
import type { LanguageFormProps } from "./language-form";

type LanguageSelectProps = LanguageFormProps & { label: string; applyLabel: string };

/** A choice applies itself; without JavaScript a button does it. */
export function LanguageSelect({ locale, locales, action, compact, label, applyLabel }: LanguageSelectProps) {
  const id = useId();
  return (
    <form action={action} className={cx(compact && "flex items-center gap-2")}>
      <label htmlFor={id} className={compact ? "sr-only" : "mb-1 block text-ink-muted text-xs"}>
        {label}
      </label>
      <Select
        id={id}
        name="locale"
        key={locale}
        defaultValue={locale}
        options={locales.map((option) => ({ ...option, lang: option.value }))}
        autoComplete="off"
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      />
      <span className="hidden noscript:block">
        <Button type="submit">{applyLabel}</Button>
      </span>
    </form>
  );
}
