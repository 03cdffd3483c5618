import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tab = { href: string; label: ReactNode; current: boolean; count?: number | undefined };

/** Links, each to an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mb-5 overflow-x-auto border-line border-b">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.current ? "page" : undefined}
              className={cx(
                "flex min-h-10 items-center gap-1.5 whitespace-nowrap border-b-2 px-3 focus-visible:-outline-offset-2 touch:min-h-11",
                tab.current ? "border-accent font-medium text-ink" : "border-transparent text-ink-muted hover:text-ink",
              )}
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="rounded-full bg-sunken px-1.5 text-ink-muted text-xs tabular-nums">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
