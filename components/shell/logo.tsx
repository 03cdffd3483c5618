/** The mark: a point, and what goes out from it. */
function LogoMark({ className = "size-6" }: { className?: string | undefined }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <g className="stroke-accent-ink" strokeWidth="2" strokeLinecap="round">
        <path d="M11.2 8.2a4.6 4.6 0 0 1 4.6 4.6" />
        <path d="M11.2 4.6a8.2 8.2 0 0 1 8.2 8.2" />
      </g>
      <circle cx="8.8" cy="15.2" r="3.2" className="fill-accent-ink" />
    </svg>
  );
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-ink text-md">
      <LogoMark />
      Reachable
    </span>
  );
}
