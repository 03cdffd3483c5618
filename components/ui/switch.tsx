import type { ComponentProps } from "react";
import { cx } from "./cx";

export type SwitchProps = Omit<ComponentProps<"button">, "children" | "role"> & {
  checked: boolean;
  label: string;
  pending?: boolean | undefined;
};

/**
 * A switch that is a submit button: in a form it posts `name=true|false`, the state it asks for, also before JavaScript.
 * A client component may take the click instead and prevent the submit.
 */
export function Switch({ checked, label, pending, className, type = "submit", ...rest }: SwitchProps) {
  return (
    <button
      value={String(!checked)}
      {...rest}
      type={type}
      role="switch"
      aria-checked={checked}
      aria-label={label}
      aria-busy={pending || undefined}
      className={cx(
        "group inline-flex h-6 w-11 shrink-0 items-center justify-center rounded-full touch:h-11 touch:w-14",
        "disabled:cursor-not-allowed disabled:opacity-60",
        className,
      )}
    >
      <span
        aria-hidden
        className={cx(
          "flex h-5 w-9 items-center rounded-full border p-px transition-colors touch:h-6 touch:w-11",
          "forced-colors:border-[ButtonText]",
          checked ? "justify-end border-transparent bg-accent" : "justify-start border-line-strong bg-sunken",
        )}
      >
        <span
          className={cx(
            "grid aspect-square h-full place-items-center rounded-full transition-colors",
            checked ? "bg-accent-ink text-(--accent-fill)" : "bg-line-strong text-surface",
            pending && "animate-shimmer",
          )}
        >
          <svg aria-hidden="true" viewBox="0 0 12 12" className="size-2.5" fill="none" stroke="currentColor" strokeWidth="2">
            <path d={checked ? "m2.5 6.5 2.2 2.2 4.8-5" : "M3 6h6"} strokeLinecap="round" />
          </svg>
        </span>
      </span>
    </button>
  );
}
