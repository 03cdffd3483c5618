import { cx } from "./cx";

/** One bar in the place of a line or a control; size it with width and height classes. */
export function Skeleton({ className = "h-4" }: { className?: string | undefined }) {
  return <span aria-hidden className={cx("block animate-shimmer rounded bg-ink/8", className)} />;
}

const widths = ["w-2/5", "w-3/5", "w-1/2", "w-1/3"];

/** Stands where a list will be, at about its height, and says so once. */
export function SkeletonRows({ rows = 5, label }: { rows?: number | undefined; label: string }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <div className="divide-y divide-line">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
          <div key={row} className="flex items-center gap-4 px-4 py-3.5 sm:px-5">
            <Skeleton className="size-8 shrink-0 rounded-full" />
            <div className="flex-1 space-y-2">
              <Skeleton className={cx("h-4", widths[row % widths.length])} />
              <Skeleton className="h-3 w-1/4" />
            </div>
            <Skeleton className="h-5 w-9 rounded-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
