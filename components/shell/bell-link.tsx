import { Bell } from "lucide-react";
import Link from "next/link";
import { cx } from "../ui/cx";
import { iconButtonClass } from "../ui/icon-button";

/** The inbox and how much of it is unread; `label` says both. */
export function BellLink({ href, unread, label }: { href: string; unread: number; label: string }) {
  return (
    <Link href={href} aria-label={label} title={label} className={cx(iconButtonClass)}>
      <Bell aria-hidden />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0.5 right-0 min-w-4 rounded-full bg-bad px-1 text-center font-semibold text-[0.625rem] text-bad-ink leading-4 tabular-nums sm:pointer-fine:-top-0.5"
        >
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </Link>
  );
}
