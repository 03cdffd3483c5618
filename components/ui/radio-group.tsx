import type { ReactNode } from "react";
import { tickClass } from "./checkbox";
import { cx } from "./cx";

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean | undefined };

export type RadioGroupProps = {
  name: string;
  legend: ReactNode;
  options: readonly RadioOption[];
  defaultValue?: string | undefined;
  required?: boolean | undefined;
  hideLegend?: boolean | undefined;
  /** Cards have a border and stand side by side where there is room; a row is for few short words. */
  look?: "list" | "cards" | "row" | undefined;
  error?: ReactNode;
  onValueChange?: ((value: string) => void) | undefined;
};

const LOOKS = { list: "grid", cards: "grid gap-2 sm:grid-cols-2", row: "flex flex-wrap gap-x-5" };

export function RadioGroup(props: RadioGroupProps) {
  const { name, legend, options, defaultValue, required, hideLegend, look = "list", error } = props;
  const errorId = `${name}-error`;
  return (
    <fieldset aria-describedby={error ? errorId : undefined} className="min-w-0">
      <legend className={cx("mb-1.5 font-medium text-sm", hideLegend && "sr-only")}>{legend}</legend>
      <div className={LOOKS[look]}>
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              "flex items-start gap-2.5 touch:min-h-11",
              look === "cards"
                ? "rounded-lg border border-line bg-surface p-3 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft"
                : "py-1 touch:py-2.5",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === defaultValue}
              required={required}
              disabled={option.disabled}
              aria-invalid={error ? true : undefined}
              onChange={props.onValueChange && (() => props.onValueChange?.(option.value))}
              className={cx(tickClass, "mt-0.5")}
            />
            <span className="min-w-0">
              <span className="block text-ink">{option.label}</span>
              {option.hint && <span className="block text-ink-muted text-sm">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id={errorId} className="mt-1.5 text-bad text-sm">
          {error}
        </p>
      )}
    </fieldset>
  );
}
