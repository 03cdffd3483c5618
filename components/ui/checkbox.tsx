import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

export const tickClass = "size-[1.125rem] shrink-0 accent-accent touch:size-5";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  label: ReactNode;
  hint?: ReactNode;
};

/** The whole row is the target. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  return (
    <label className={cx("flex min-h-6 items-start gap-2.5 py-1 touch:min-h-11 touch:py-2.5", className)}>
      <input {...rest} type="checkbox" className={cx(tickClass, "mt-0.5")} />
      <span className="min-w-0">
        <span className="block text-ink">{label}</span>
        {hint && <span className="block text-ink-muted text-sm">{hint}</span>}
      </span>
    </label>
  );
}
