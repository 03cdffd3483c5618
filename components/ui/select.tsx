import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { controlClass } from "./input";

export type SelectOption = { value: string; label: string; disabled?: boolean | undefined; lang?: string | undefined };

export type SelectProps = ComponentProps<"select"> & {
  options?: readonly SelectOption[] | undefined;
  /** An empty first choice, for when nothing is chosen yet. */
  placeholder?: string | undefined;
};

export function Select({ options, placeholder, className, children, ...rest }: SelectProps) {
  return (
    <span className={cx("relative block", className)}>
      <select {...rest} className={cx(controlClass, "appearance-none truncate pr-9")}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled} lang={option.lang}>
            {option.label}
          </option>
        ))}
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-faint" />
    </span>
  );
}
