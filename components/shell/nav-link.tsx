"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "../ui/cx";

export type NavItem = {
  href: string;
  label: string;
  /** A lucide icon element. */
  icon: ReactNode;
  /** A count that wants attention, and what it counts for those who hear it. */
  badge?: { count: number; label: string } | undefined;
  /** Only this address itself is the current page, not those below it. */
  exact?: boolean | undefined;
};

type NavLinkProps = { item: NavItem; look: "side" | "bottom" };

const looks = {
  side: "min-h-8 gap-2.5 rounded-md px-2.5 touch:min-h-11",
  bottom: "h-15 flex-col justify-center gap-0.5 px-0.5 text-center text-[0.6875rem] leading-[1.15] focus-visible:-outline-offset-2",
};

export function NavLink({ item, look }: NavLinkProps) {
  const pathname = usePathname();
  const current = pathname === item.href || (!item.exact && pathname.startsWith(`${item.href}/`));
  return (
    <Link
      href={item.href}
      aria-current={current ? "page" : undefined}
      className={cx(
        "group relative flex items-center transition-colors",
        looks[look],
        current ? "font-medium text-ink" : "text-ink-muted hover:text-ink",
        look === "side" && (current ? "bg-ink/7" : "hover:bg-ink/4"),
      )}
    >
      {look === "bottom" && current && <span aria-hidden className="absolute inset-x-5 top-0 h-0.5 rounded-full bg-accent" />}
      <span aria-hidden className={cx("relative [&>svg]:size-[1.125rem]", look === "bottom" && "[&>svg]:size-5", current && "text-accent")}>
        {item.icon}
        {item.badge && look === "bottom" && <span className="absolute -top-0.5 -right-1 size-2 rounded-full bg-bad ring-2 ring-surface" />}
      </span>
      <span className={look === "side" ? "min-w-0 flex-1" : "line-clamp-2 max-w-full"}>{item.label}</span>
      {item.badge && (
        <>
          {look === "side" && (
            <span aria-hidden className="rounded-full bg-accent-soft px-1.5 font-medium text-accent text-xs tabular-nums">
              {item.badge.count}
            </span>
          )}
          <span className="sr-only">{item.badge.label}</span>
        </>
      )}
    </Link>
  );
}
