import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonShape, buttonClass } from "./button-class";
import { cx } from "./cx";
import { Spinner } from "./spinner";

type Look = ButtonShape & { icon?: ReactNode };

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
