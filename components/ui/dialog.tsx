"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { cx } from "./cx";
import { IconButton } from "./icon-button";

export type DialogProps = {
  open: boolean;
  /** Called for Esc, the close button and a press on the backdrop. */
  onClose: () => void;
  title: ReactNode;
  closeLabel: string;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  size?: "sm" | "md" | "lg" | undefined;
  /** Neither Esc nor the backdrop close it, for the time something is under way. */
  locked?: boolean | undefined;
  id?: string | undefined;
};

const widths = { sm: "sm:max-w-md", md: "sm:max-w-lg", lg: "sm:max-w-2xl" };

/**
 * The browser's own modal: it holds the focus inside and gives it back to where it was.
 * What should have it first carries data-autofocus.
 */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, closeLabel, description, children, footer, size = "sm", locked } = props;
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const descriptionId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way, and the element's own
    <dialog
      ref={ref}
      id={props.id}
      aria-labelledby={titleId}
      aria-describedby={description ? descriptionId : undefined}
      onClose={() => open && onClose()}
      onCancel={(event) => {
        if (locked && event.target === event.currentTarget) event.preventDefault();
      }}
      onClick={(event) => {
        if (!locked && event.target === event.currentTarget) onClose();
      }}
      className={cx(
        // opened from a table's cell, it stands in that cell, and is none of its text
        "whitespace-normal text-left",
        "mx-auto mt-auto mb-0 max-h-[90dvh] w-full max-w-full flex-col overflow-clip rounded-t-xl bg-raised text-ink shadow-high",
        "sm:mb-auto sm:rounded-xl open:flex open:animate-rise-in",
        widths[size],
      )}
    >
      <header className="flex items-start justify-between gap-3 px-5 pt-4">
        <div className="min-w-0 pt-1.5">
          <h2 id={titleId} className="font-semibold text-md">
            {title}
          </h2>
          {description && (
            <div id={descriptionId} className="mt-1 text-ink-muted">
              {description}
            </div>
          )}
        </div>
        <IconButton label={closeLabel} icon={<X aria-hidden />} onClick={onClose} className="-mr-2" />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-5">{open && children}</div>
      {footer && (
        <footer className="flex flex-col-reverse gap-2 border-line border-t bg-sunken px-5 py-3 sm:flex-row sm:justify-end">
          {footer}
        </footer>
      )}
    </dialog>
  );
}
