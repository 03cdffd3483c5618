"use client";

import { X } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { ToneIcon, toneText } from "./badge";
import { Button } from "./button";
import { IconButton } from "./icon-button";
import { dismissToast, type Toast, toastStore } from "./toast-store";

export type ToasterLabels = { region: string; dismiss: string };

/** Stands once in the frame. What `toast()` adds is read out politely and waits while it is hovered or has focus. */
export function Toaster({ labels }: { labels: ToasterLabels }) {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.read, toastStore.readOnServer);
  return (
    <section
      aria-label={labels.region}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(env(safe-area-inset-bottom)+4.5rem)] z-40 flex flex-col items-center gap-2 px-3 md:bottom-5 md:items-end md:px-5"
    >
      {toasts.map((entry) => (
        <ToastCard key={entry.id} toast={entry} dismissLabel={labels.dismiss} />
      ))}
    </section>
  );
}

function ToastCard({ toast, dismissLabel }: { toast: Toast; dismissLabel: string }) {
  const [held, setHeld] = useState(false);
  const left = useRef(toast.durationMs);
  const { id, action } = toast;

  useEffect(() => {
    if (held) return;
    const startedAt = performance.now();
    const timer = setTimeout(() => dismissToast(id), left.current);
    return () => {
      clearTimeout(timer);
      left.current -= performance.now() - startedAt;
    };
  }, [held, id]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only stops the clock
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex w-full max-w-md animate-rise-in items-center gap-2.5 rounded-lg bg-raised py-1.5 pr-1.5 pl-3.5 text-ink shadow-high"
    >
      <ToneIcon tone={toast.tone} className={toneText[toast.tone]} />
      <p className="min-w-0 flex-1 py-1">{toast.message}</p>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            dismissToast(id);
            action.onAction();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={dismissLabel} icon={<X aria-hidden />} onClick={() => dismissToast(id)} />
    </div>
  );
}
