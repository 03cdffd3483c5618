import { cx } from "./cx";

/** Initials stand beside a name, so they say nothing to a screen reader. */
export function Avatar({ name, size = "md" }: { name: string; size?: "sm" | "md" | "lg" | undefined }) {
  const sizes = { sm: "size-6 text-[0.6875rem]", md: "size-8 text-xs", lg: "size-11 text-base" };
  return (
    <span
      aria-hidden
      className={cx("grid shrink-0 select-none place-items-center rounded-full bg-accent-soft font-semibold text-accent", sizes[size])}
    >
      {initials(name)}
    </span>
  );
}

const wide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s@._-]+/u)
    .filter(Boolean);
  const [first = "", last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const letter = (word: string) => [...word][0] ?? "";
  return wide.test(first) ? letter(first) : (letter(first) + letter(last ?? "")).toLocaleUpperCase();
}
