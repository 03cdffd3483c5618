import type { ReactNode } from "react";
import { cx } from "./cx";

export type DescriptionItem = { term: string; detail: ReactNode; actions?: ReactNode };

export function DescriptionList({ items }: { items: readonly DescriptionItem[] }) {
  return (
    <dl className="divide-y divide-line">
      {items.map((item) => (
        <div
          key={item.term}
          className="grid gap-x-4 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:items-baseline sm:grid-cols-[minmax(8rem,12rem)_1fr]"
        >
          <dt className="text-ink-muted">{item.term}</dt>
          <dd className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            {/* as wide as its text, and no wider than leaves room for what stands beside it */}
            <div className={cx("min-w-0", item.actions ? "max-w-fit grow basis-40" : null)}>{item.detail}</div>
            {item.actions}
          </dd>
        </div>
      ))}
    </dl>
  );
}
