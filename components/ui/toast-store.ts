import type { Tone } from "./badge";

export type Toast = {
  id: number;
  message: string;
  tone: Tone;
  action?: { label: string; onAction: () => unknown } | undefined;
  durationMs: number;
};

export type ToastInput = {
  message: string;
  tone?: Tone | undefined;
  action?: Toast["action"];
  durationMs?: number | undefined;
};

const shortest = 8_000;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a message in the corner; returns what dismisses it. At most three stand at once. */
export function toast(input: ToastInput): () => void {
  const id = ++lastId;
  const durationMs = Math.max(input.durationMs ?? shortest, shortest);
  const { message, tone = "neutral", action } = input;
  change([...toasts.slice(-2), { id, message, tone, action, durationMs }]);
  return () => dismissToast(id);
}

export function dismissToast(id: number) {
  change(toasts.filter((entry) => entry.id !== id));
}

export const toastStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  read: () => toasts,
  readOnServer: (): readonly Toast[] => none,
};

const none: readonly Toast[] = [];
