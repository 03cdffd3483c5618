import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "./button-class";
import { cx } from "./cx";

type Props = {
  trigger: ReactNode;
  size?: "sm" | "md";
  children: ReactNode;
};

/** What cannot be undone stands behind a first press, which works without JavaScript too. */
export function DangerDetails({ trigger, size = "md", children }: Props) {
  return (
    <details className="group">
      <summary className={cx(buttonClass({ size }), "text-bad! w-fit cursor-pointer list-none [&::-webkit-details-marker]:hidden")}>
        {trigger}
        <ChevronDown aria-hidden className="transition-transform group-open:rotate-180" />
      </summary>
      {children}
    </details>
  );
}
