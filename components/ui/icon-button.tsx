import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

export const iconButtonClass = cx(
  "relative inline-flex size-11 shrink-0 items-center justify-center rounded-md text-ink-muted transition-colors",
  "hover:bg-ink/6 hover:text-ink aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
  "sm:pointer-fine:size-8 [&>svg]:size-[1.125rem]",
);

export type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  /** The accessible name; also shown as the tooltip. */
  label: string;
  icon: ReactNode;
};

export function IconButton({ label, icon, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button title={label} {...rest} type={type} aria-label={label} className={cx(iconButtonClass, className)}>
      {icon}
    </button>
  );
}
