"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

/** A native popover: it opens without JavaScript. With it, focus moves inside, and a change of page closes it. */
export function Drawer({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  const pathname = usePathname();
  const ref = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the frame outlives a change of page, so a new address closes it
  useEffect(() => ref.current?.hidePopover(), [pathname]);
  return (
    <div
      ref={ref}
      id={id}
      popover="auto"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onToggle={(event) => {
        const { newState } = event.nativeEvent as ToggleEvent;
        if (newState === "open" && event.target === event.currentTarget) event.currentTarget.focus();
      }}
      className="fixed inset-y-0 right-0 left-auto h-dvh max-h-none w-[min(20rem,88vw)] flex-col bg-raised text-ink shadow-high outline-none backdrop:bg-overlay open:flex open:animate-fade-in"
    >
      {children}
    </div>
  );
}
