"use client";

import { type SyntheticEvent, useEffect, useId, useRef, useState } from "react";

const gap = 4;

/** The panel stands below its trigger, or above it where the room is there; the browser's popover does the rest. */
function place(trigger: HTMLElement, panel: HTMLElement, align: "start" | "end") {
  const box = trigger.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const height = document.documentElement.clientHeight;
  const above = box.bottom > height * 0.6 && box.top > height - box.bottom;
  const { style } = panel;
  style.margin = "0";
  style.top = above ? "auto" : `${box.bottom + gap}px`;
  style.bottom = above ? `${height - box.top + gap}px` : "auto";
  style.left = align === "start" ? `${Math.max(8, box.left)}px` : "auto";
  style.right = align === "end" ? `${Math.max(8, width - box.right)}px` : "auto";
  style.maxHeight = `${(above ? box.top : height - box.bottom) - 3 * gap}px`;
}

/**
 * Ties a button to a native popover: it opens without JavaScript, closes on Esc and on a press outside,
 * and is placed beside its trigger once there is JavaScript.
 */
export function usePopover(align: "start" | "end", onOpen?: (panel: HTMLElement) => void) {
  const id = useId();
  const triggerRef = useRef<HTMLButtonElement>(null);
  const panelRef = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const [trigger, panel] = [triggerRef.current, panelRef.current];
    if (!open || !trigger || !panel) return;
    const update = () => place(trigger, panel, align);
    addEventListener("resize", update);
    addEventListener("scroll", update, true);
    return () => {
      removeEventListener("resize", update);
      removeEventListener("scroll", update, true);
    };
  }, [open, align]);

  return {
    open,
    triggerRef,
    panelRef,
    close: () => panelRef.current?.hidePopover(),
    triggerProps: { ref: triggerRef, popoverTarget: id, "aria-expanded": open, "aria-controls": id },
    panelProps: {
      ref: panelRef,
      id,
      popover: "auto" as const,
      onBeforeToggle: (event: SyntheticEvent<HTMLElement, Event>) => {
        const opening = (event.nativeEvent as ToggleEvent).newState === "open";
        if (opening && triggerRef.current) place(triggerRef.current, event.currentTarget, align);
      },
      onToggle: (event: SyntheticEvent<HTMLElement, Event>) => {
        const opened = (event.nativeEvent as ToggleEvent).newState === "open";
        setOpen(opened);
        if (opened) onOpen?.(event.currentTarget);
      },
    },
  };
}
