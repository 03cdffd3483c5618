import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={cx("min-w-0 rounded-lg border border-line bg-surface shadow-low", className)} />;
}

type SectionProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** Left out when the body brings its own edges, as a table does. */
  padded?: boolean | undefined;
  footer?: ReactNode;
  tone?: "plain" | "danger" | undefined;
  id?: string | undefined;
  children?: ReactNode;
};

/** A titled card, named by its heading. */
export function Section(props: SectionProps) {
  const { title, description, actions, padded = true, footer, tone = "plain", id, children } = props;
  const danger = tone === "danger";
  return (
    <section
      id={id}
      className={cx("min-w-0 overflow-clip rounded-lg border bg-surface shadow-low", danger ? "border-bad/40" : "border-line")}
    >
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 pb-3 sm:px-5">
        <div className="min-w-0">
          <h2 className="font-semibold text-md">{title}</h2>
          {description && <p className="mt-0.5 max-w-prose text-ink-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children && <div className={padded ? "px-4 pb-4 sm:px-5 sm:pb-5" : "border-line border-t"}>{children}</div>}
      {footer && (
        <footer className="flex flex-wrap items-center gap-2 border-line border-t bg-sunken px-4 py-3 text-ink-muted text-sm sm:px-5">
          {footer}
        </footer>
      )}
    </section>
  );
}
