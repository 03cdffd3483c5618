import { cx } from "./cx";

type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
type ButtonSize = "sm" | "md" | "lg";

export type ButtonShape = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Stretches over the whole width on a phone, or always. */
  wide?: boolean | "phone" | undefined;
};

const variants: Record<ButtonVariant, string> = {
  primary: "bg-accent text-accent-ink shadow-low hover:bg-accent-hover",
  secondary: "border border-line-strong/60 bg-surface text-ink shadow-low hover:bg-sunken",
  ghost: "text-ink-muted hover:bg-ink/6 hover:text-ink",
  danger: "bg-bad text-bad-ink shadow-low hover:bg-bad-hover",
};

const sizes: Record<ButtonSize, string> = {
  sm: "min-h-7 gap-1.5 px-2.5 text-sm touch:min-h-9",
  md: "control gap-2 px-3.5",
  lg: "min-h-11 gap-2 px-5 text-md",
};

export function buttonClass({ variant = "secondary", size = "md", wide }: ButtonShape = {}): string {
  return cx(
    "inline-flex select-none items-center justify-center rounded-md py-1 text-center font-medium transition-colors",
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-60 disabled:cursor-not-allowed disabled:opacity-60",
    "[&>svg]:size-4 [&>svg]:shrink-0",
    variants[variant],
    sizes[size],
    wide === true && "w-full",
    wide === "phone" && "w-full sm:w-auto",
  );
}
