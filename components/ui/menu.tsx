"use client";

import { EllipsisVertical } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { cx } from "./cx";
import { iconButtonClass } from "./icon-button";
import { panelClass } from "./popover";
import { usePopover } from "./use-popover";

export type MenuProps = {
  /** Names the button and the menu. */
  label: string;
  trigger?: ReactNode;
  triggerClassName?: string | undefined;
  align?: "start" | "end" | undefined;
  children: ReactNode;
};

const itemsOf = (panel: HTMLElement) => Array.from(panel.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])'));

/** Commands behind a button: arrows, Home, End and first letters move, Esc gives the focus back. */
export function Menu({ label, trigger, triggerClassName, align = "end", children }: MenuProps) {
  const { triggerProps, panelProps, triggerRef, panelRef, close } = usePopover(align, (panel) => itemsOf(panel)[0]?.focus());
  const typed = useRef({ text: "", at: 0 });

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const items = itemsOf(event.currentTarget);
    const at = items.indexOf(document.activeElement as HTMLElement);
    const moves: Record<string, number> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const target = moves[event.key];
    if (target !== undefined) {
      event.preventDefault();
      items[target]?.focus();
    } else if (event.key === "Tab") {
      close();
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey) {
      const recent = event.timeStamp - typed.current.at < 600 ? typed.current.text : "";
      typed.current = { text: recent + event.key.toLocaleLowerCase(), at: event.timeStamp };
      const after = [...items.slice(at + (recent ? 0 : 1)), ...items];
      after.find((item) => item.textContent?.toLocaleLowerCase().startsWith(typed.current.text))?.focus();
    }
  }

  return (
    <>
      <button
        {...triggerProps}
        type="button"
        aria-haspopup="menu"
        aria-label={label}
        title={label}
        className={triggerClassName ?? iconButtonClass}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          panelRef.current?.showPopover();
        }}
      >
        {trigger ?? <EllipsisVertical aria-hidden />}
      </button>
      <div
        {...panelProps}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          if (!(event.target instanceof Element) || !event.target.closest('[role^="menuitem"]')) return;
          triggerRef.current?.focus();
          close();
        }}
        className={cx(panelClass, "min-w-44 p-1")}
      >
        {children}
      </div>
    </>
  );
}

export type MenuItemProps = {
  children: ReactNode;
  icon?: ReactNode;
  tone?: "danger" | undefined;
  href?: string | undefined;
  onSelect?: (() => void) | undefined;
  /** "submit" for an item inside a form with role="none". */
  type?: "button" | "submit" | undefined;
  disabled?: boolean | undefined;
};

export function MenuItem({ children, icon, tone, href, onSelect, type = "button", disabled }: MenuItemProps) {
  const shared = {
    role: "menuitem",
    tabIndex: -1,
    className: cx(
      "flex min-h-8 w-full items-center gap-2.5 rounded px-2.5 py-1 text-left touch:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0",
      "focus:bg-ink/6 focus:outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 hover:bg-ink/6 aria-disabled:opacity-50",
      tone === "danger" ? "text-bad" : "text-ink [&>svg]:text-ink-muted",
    ),
  };
  if (href && !disabled) {
    return (
      <Link {...shared} href={href} onClick={() => onSelect?.()}>
        {icon}
        {children}
      </Link>
    );
  }
  return (
    <button
      {...shared}
      type={type}
      aria-disabled={disabled || undefined}
      onClick={(event) => {
        if (disabled) event.preventDefault();
        else onSelect?.();
      }}
    >
      {icon}
      {children}
    </button>
  );
}

export function MenuSeparator() {
  return <hr className="-mx-1 my-1 border-line" />;
}
