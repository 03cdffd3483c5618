import { Menu } from "lucide-react";

/** Opens the drawer, also before JavaScript. */
export function MoreButton({ drawerId, label }: { drawerId: string; label: string }) {
  return (
    <button
      type="button"
      popoverTarget={drawerId}
      aria-haspopup="dialog"
      className="flex h-15 w-full flex-col items-center justify-center gap-0.5 px-0.5 text-center text-[0.6875rem] leading-[1.15] text-ink-muted hover:text-ink focus-visible:-outline-offset-2"
    >
      <Menu aria-hidden className="size-5" />
      <span className="max-w-full truncate">{label}</span>
    </button>
  );
}
