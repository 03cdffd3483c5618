import type { ReactNode } from "react";

type EmptyStateProps = {
  icon?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** The heading's level where it stands. */
  level?: 1 | 2 | 3 | undefined;
};

export function EmptyState({ icon, title, description, actions, level = 2 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {icon && (
        <div aria-hidden className="mb-3 grid size-11 place-items-center rounded-full bg-sunken text-ink-muted [&>svg]:size-5">
          {icon}
        </div>
      )}
      <Heading className="font-semibold text-md">{title}</Heading>
      {description && <p className="mt-1 max-w-md text-ink-muted">{description}</p>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
