import { LoaderCircle } from "lucide-react";
import { cx } from "./cx";

/** Decoration only: the words beside it, or the element's aria-busy, carry the state. */
export function Spinner({ className }: { className?: string | undefined }) {
  return <LoaderCircle aria-hidden className={cx("size-4 shrink-0 animate-spin", className)} />;
}
