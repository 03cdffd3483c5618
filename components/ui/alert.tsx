import type { ReactNode, Ref } from "react";
import { type Tone, ToneIcon, toneSoft } from "./badge";
import { cx } from "./cx";

type AlertProps = {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** "alert" interrupts, "status" waits its turn; leave out for what was there when the page came. */
  live?: "alert" | "status" | undefined;
  id?: string | undefined;
  ref?: Ref<HTMLDivElement> | undefined;
  className?: string | undefined;
};

export function Alert({ tone, title, children, actions, live, id, ref, className }: AlertProps) {
  return (
    <div
      ref={ref}
      id={id}
      role={live}
      tabIndex={ref ? -1 : undefined}
      className={cx("flex items-start gap-2.5 rounded-lg px-3.5 py-3", toneSoft[tone], className)}
    >
      <ToneIcon tone={tone} className="mt-[0.1875rem]" />
      <div className="min-w-0 flex-1 text-ink">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? "mt-0.5 text-ink-muted" : undefined}>{children}</div>}
        {actions && <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}

/** A line over the whole width of the page, above everything else. */
export function Banner({ tone, children, actions }: Pick<AlertProps, "tone" | "children" | "actions">) {
  return (
    <div className={cx("flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm", toneSoft[tone])}>
      <ToneIcon tone={tone} />
      <p className="min-w-0 flex-1 text-ink">{children}</p>
      {actions}
    </div>
  );
}
