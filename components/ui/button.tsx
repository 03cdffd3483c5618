import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

type Look = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** Stretches over the whole width on a phone, or always. */
  wide?: boolean | "phone" | undefined;
  icon?: ReactNode;
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

export function buttonClass({ variant = "secondary", size = "md", wide }: Look = {}): string {
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

export type ButtonProps = ComponentProps<"button"> & Look & { pending?: boolean | undefined };

/** While pending it stays focusable and says so; whoever handles the click or submit ignores a second one. */
export function Button({ variant, size, wide, icon, pending = false, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={pending || rest["aria-disabled"] || undefined}
      aria-busy={pending || undefined}
      className={cx(buttonClass({ variant, size, wide }), className)}
    >
      {pending ? <Spinner /> : icon}
      {children}
    </button>
  );
}

export type ButtonLinkProps = ComponentProps<typeof Link> & Look;

export function ButtonLink({ variant, size, wide, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={cx(buttonClass({ variant, size, wide }), className)}>
      {icon}
      {children}
    </Link>
  );
}
