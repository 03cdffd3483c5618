import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { controlClass } from "./input";

type SearchFieldProps = Omit<ComponentProps<"input">, "type"> & { label: string };

/** One search input for a GET form; FilterBar is that form. */
export function SearchField({ label, className, name = "q", ...rest }: SearchFieldProps) {
  return (
    <label className={cx("relative block", className)}>
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-ink-faint" />
      <input placeholder={label} autoComplete="off" {...rest} name={name} type="search" className={cx(controlClass, "pl-9")} />
    </label>
  );
}
