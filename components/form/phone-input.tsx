"use client";

import { ChevronDown } from "lucide-react";
import { type ComponentProps, type InputEvent, useEffect, useRef, useState } from "react";
import { cx } from "../ui/cx";
import type { ControlProps } from "../ui/field";
import { controlClass } from "../ui/input";
import { type FormStrings, fill } from "./form-strings";
import type { PhoneCountry } from "./phone-countries";
import { formatPhone, loadPhoneFormat } from "./phone-format";

export type PhoneSettings = { countries: readonly PhoneCountry[]; defaultCountry: string };

type PhoneInputProps = PhoneSettings & {
  name: string;
  control: ControlProps;
  strings: FormStrings["phone"];
  defaultValue?: string | undefined;
  inputProps?: ComponentProps<"input"> | undefined;
};

/** Posts what was typed as `name` and the country beside it as `nameCountry`; the server makes the number of both. */
export function PhoneInput(props: PhoneInputProps) {
  const { name, control, strings, countries, defaultCountry, defaultValue, inputProps } = props;
  const [country, setCountry] = useState(defaultCountry);
  const [number, setNumber] = useState<string>();
  const inputRef = useRef<HTMLInputElement | null>(null);
  const selectRef = useRef<HTMLSelectElement>(null);
  const dial = countries.find(([code]) => code === country)?.[1];

  useEffect(() => {
    if (selectRef.current) setCountry(selectRef.current.value);
  }, []);

  async function refresh(input: HTMLInputElement, chosen: string, typing: boolean) {
    const format = await loadPhoneFormat();
    const atEnd = input.selectionStart === input.value.length;
    const result = formatPhone(format, input.value, chosen, { keepCountry: !typing });
    if (!typing || atEnd) input.value = result.text;
    setNumber(result.e164);
    if (result.country && result.country !== chosen) setCountry(result.country);
  }

  async function onInput(event: InputEvent<HTMLInputElement>) {
    const input = event.currentTarget;
    const { inputType = "", isComposing } = event.nativeEvent;
    if (isComposing) return;
    if (inputType.startsWith("delete")) {
      const format = await loadPhoneFormat();
      setNumber(formatPhone(format, input.value, country, { keepCountry: false }).e164);
    } else {
      await refresh(input, country, true);
    }
  }

  const { ref: forwarded, ...inputRest } = inputProps ?? {};
  return (
    <div>
      <div className="flex gap-2 noscript:flex-col">
        <span className="relative block shrink-0 rounded-md focus-within:has-[select:focus-visible]:outline-2 focus-within:outline-accent noscript:w-full">
          <span aria-hidden className={cx(controlClass, "flex min-w-24 items-center gap-1.5 tabular-nums noscript:hidden")}>
            <span className="font-medium">{country}</span>
            <span className="flex-1 text-ink-muted">+{dial}</span>
            <ChevronDown className="size-4 shrink-0 text-ink-faint" />
          </span>
          <select
            ref={selectRef}
            name={`${name}Country`}
            aria-label={strings.country}
            autoComplete="country"
            value={country}
            onChange={(event) => {
              setCountry(event.target.value);
              if (inputRef.current?.value) void refresh(inputRef.current, event.target.value, false);
            }}
            className="absolute inset-0 w-full appearance-none bg-surface text-md text-ink opacity-0 noscript:static noscript:min-h-11 noscript:rounded-md noscript:border noscript:border-line-strong noscript:px-3 noscript:opacity-100"
          >
            {countries.map(([code, callingCode, label]) => (
              <option key={code} value={code}>
                {label} (+{callingCode})
              </option>
            ))}
          </select>
        </span>
        <input
          autoComplete="tel"
          {...inputRest}
          {...control}
          ref={(element) => {
            inputRef.current = element;
            if (typeof forwarded === "function") forwarded(element);
          }}
          name={name}
          type="tel"
          inputMode="tel"
          defaultValue={defaultValue}
          onFocus={() => void loadPhoneFormat()}
          onInput={onInput}
          className={cx(controlClass, "min-w-0 flex-1 tabular-nums")}
        />
      </div>
      <p role="status" className="mt-1.5 text-ink-muted text-sm empty:hidden">
        {number && fill(strings.preview, { number })}
      </p>
    </div>
  );
}
