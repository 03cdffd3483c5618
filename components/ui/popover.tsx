"use client";

import type { ReactNode } from "react";
import { cx } from "./cx";
import { usePopover } from "./use-popover";

const panelClass = cx(
  "fixed m-auto max-w-[calc(100vw-1rem)] overflow-y-auto overscroll-contain rounded-lg bg-raised text-ink shadow-high",
  "open:animate-fade-in",
);

export type PopoverProps = {
  /** The accessible name of the button when its content has no words. */
  label?: string | undefined;
  trigger: ReactNode;
  triggerClassName?: string | undefined;
  panelLabel: string;
  panelClassName?: string | undefined;
  align?: "start" | "end" | undefined;
  children: ReactNode;
};

/** A button with a panel of ordinary content: links, forms, settings. */
export function Popover(props: PopoverProps) {
  const { label, trigger, triggerClassName, panelLabel, panelClassName, align = "end", children } = props;
  const { triggerProps, panelProps, close } = usePopover(align);
  return (
    <>
      <button {...triggerProps} type="button" aria-label={label} title={label} className={triggerClassName}>
        {trigger}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for one form, this may hold several */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a followed link closes the panel, by key as well */}
      <div
        {...panelProps}
        role="group"
        aria-label={panelLabel}
        className={cx(panelClass, panelClassName)}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest("a[href]")) close();
        }}
      >
        {children}
      </div>
    </>
  );
}
