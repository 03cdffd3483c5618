/* biome-ignore-all lint/a11y/noRedundantRoles: some browsers drop a table's meaning when its display changes */
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

/** One table in two shapes: rows and columns where it has 42 rem, stacked rows where it has less. */
type TableProps = {
  /** The accessible name. */
  label: string;
  columns: readonly { label: string; hidden?: boolean | undefined; align?: "end" | undefined }[];
  children: ReactNode;
  busy?: boolean | undefined;
};

export function Table({ label, columns, children, busy }: TableProps) {
  return (
    <div className="@container">
      <table role="table" aria-label={label} aria-busy={busy || undefined} className="block w-full @2xl:table">
        <thead role="rowgroup" className="sr-only @2xl:not-sr-only @2xl:table-header-group">
          <tr role="row" className="border-line border-b">
            {columns.map((column) => (
              <th
                key={column.label}
                role="columnheader"
                scope="col"
                className={cx(
                  "wrap-normal px-4 py-2 font-medium text-ink-muted text-xs first:pl-5 last:pr-5",
                  column.align === "end" ? "text-right" : "text-left",
                )}
              >
                {column.hidden ? <span className="sr-only">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block divide-y divide-line @2xl:table-row-group">
          {children}
        </tbody>
      </table>
    </div>
  );
}

export function Row({ className, ...rest }: ComponentProps<"tr">) {
  return (
    <tr
      {...rest}
      role="row"
      className={cx("relative block px-4 py-3 transition-colors hover:bg-ink/2 @2xl:table-row @2xl:px-0 @2xl:py-0", className)}
    />
  );
}

type CellProps = Omit<ComponentProps<"td">, "align"> & {
  /** Repeated before the value where the header row is out of sight. */
  label?: string | undefined;
  align?: "end" | undefined;
  /** On a phone: pinned to the row's upper right corner, for a switch or a menu. */
  corner?: boolean | undefined;
  /** Long text; everything else stays on one line where there are columns. */
  wrap?: boolean | undefined;
};

const cellClass = "block @2xl:table-cell @2xl:px-4 @2xl:py-2.5 @2xl:align-middle @2xl:first:pl-5 @2xl:last:pr-5";

export function Cell({ label, align, corner, wrap, className, children, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      role="cell"
      className={cx(
        cellClass,
        label && "mt-1 flex flex-wrap items-start gap-x-2",
        align === "end" && "@2xl:text-right",
        !wrap && "@2xl:whitespace-nowrap",
        corner && "absolute top-2 right-2 @2xl:static",
        className,
      )}
    >
      {label && (
        <span aria-hidden className="text-ink-faint text-sm leading-[1.375rem] @2xl:hidden">
          {label}
        </span>
      )}
      {children}
    </td>
  );
}

/** The cell that names its row. */
export function HeadCell({ className, ...rest }: ComponentProps<"th">) {
  return <th {...rest} role="rowheader" scope="row" className={cx(cellClass, "pr-24 text-left font-normal @2xl:pr-4", className)} />;
}
