import { CircleCheck, CircleDashed, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type Tone = "neutral" | "good" | "warn" | "bad" | "info";

export const toneText: Record<Tone, string> = {
  neutral: "text-ink-muted",
  good: "text-good",
  warn: "text-warn",
  bad: "text-bad",
  info: "text-info",
};

export const toneSoft: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-muted",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
};

export function ToneIcon({ tone, className }: { tone: Tone; className?: string | undefined }) {
  const Icon = {
    neutral: CircleDashed,
    good: CircleCheck,
    warn: TriangleAlert,
    bad: CircleX,
    info: Info,
  }[tone];
  return <Icon aria-hidden className={cx("size-4 shrink-0", className)} />;
}

type BadgeProps = {
  tone?: Tone | undefined;
  /** Another icon than the tone's own, or null for none (a count, a role). */
  icon?: ReactNode | null;
  children: ReactNode;
  className?: string | undefined;
};

export function Badge({ tone = "neutral", icon, children, className }: BadgeProps) {
  return (
    <span
      className={cx(
        "inline-flex max-w-full items-center gap-1 rounded-full px-2 py-0.5 font-medium text-xs [&>svg]:size-3.5",
        toneSoft[tone],
        className,
      )}
    >
      {icon === undefined ? <ToneIcon tone={tone} /> : icon}
      <span className="min-w-0">{children}</span>
    </span>
  );
}

/** A state in running text or a table cell: an icon and words, without a box. */
export function Status({ tone = "neutral", icon, children, className }: BadgeProps) {
  return (
    <span className={cx("inline-flex items-start gap-1.5 align-top [&>svg]:mt-[0.1875rem]", toneText[tone], className)}>
      {icon === undefined ? <ToneIcon tone={tone} /> : icon}
      <span className="min-w-0 text-ink">{children}</span>
    </span>
  );
}
