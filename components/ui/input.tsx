import type { ComponentProps } from "react";
import { cx } from "./cx";

export const controlClass = cx(
  "control w-full rounded-md border border-line-strong bg-surface px-3 py-1 text-ink shadow-low transition-colors",
  "hover:border-ink-muted focus-visible:outline-offset-0",
  "aria-invalid:border-bad aria-invalid:outline-bad",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-muted [&[readonly]]:bg-sunken",
);

export type InputProps = ComponentProps<"input"> & { mono?: boolean | undefined };

export function Input({ className, mono, ...rest }: InputProps) {
  return <input {...rest} className={cx(controlClass, mono && "font-mono", className)} />;
}
