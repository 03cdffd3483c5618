"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useTransition } from "react";
import { Button } from "./button";
import { Spinner } from "./spinner";

type FilterBarProps = {
  /** Names the search landmark. */
  label: string;
  applyLabel: string;
  /** SearchField, Select and the like, each with a name and a defaultValue out of the URL. */
  children: ReactNode;
};

const typingPauseMs = 300;

/** A GET form whose fields live in the URL: a change applies itself, and without JavaScript there is a button. */
export function FilterBar({ label, applyLabel, children }: FilterBarProps) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);

  // A link to other filters changes the URL under the fields; what they asked for themselves they know already.
  const searchParams = useSearchParams();
  const asked = useRef(new Set<string>());
  const isDrawn = useRef(false);
  useEffect(() => {
    if (!form.current) return;
    if (!isDrawn.current) {
      isDrawn.current = true;
      // what was chosen before any script was there is asked for now
      if ([...form.current.elements].some(isChanged)) form.current.requestSubmit();
      return;
    }
    if (asked.current.delete(searchParams.toString())) return;
    for (const control of form.current.elements) showValue(control, searchParams);
  }, [searchParams]);

  function apply() {
    clearTimeout(timer.current);
    if (!form.current) return;
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === "string" && value.trim() !== "") params.append(name, value.trim());
    }
    const query = params.toString();
    asked.current.add(query);
    startTransition(() => router.replace(query ? `${pathname}?${query}` : pathname, { scroll: false }));
  }

  function onInput(event: FormEvent<HTMLFormElement>) {
    clearTimeout(timer.current);
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
    timer.current = setTimeout(apply, typing ? typingPauseMs : 0);
  }

  return (
    <search aria-label={label}>
      <form
        ref={form}
        method="get"
        aria-busy={pending}
        onInput={onInput}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
        className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-5 max-sm:[&>:not(svg)]:grow"
      >
        {children}
        {pending && <Spinner className="text-ink-faint" />}
        <span className="hidden noscript:block">
          <Button type="submit">{applyLabel}</Button>
        </span>
      </form>
    </search>
  );
}

function isChanged(control: Element): boolean {
  if (control instanceof HTMLSelectElement) {
    return (
      control.selectedIndex !==
      Math.max(
        0,
        [...control.options].findIndex((option) => option.defaultSelected),
      )
    );
  }
  return control instanceof HTMLInputElement && control.value !== control.defaultValue;
}

function showValue(control: Element, params: URLSearchParams) {
  if (control instanceof HTMLSelectElement) {
    control.value = params.get(control.name) ?? "";
    if (control.selectedIndex < 0) control.selectedIndex = 0;
  } else if (control instanceof HTMLInputElement && document.activeElement !== control) {
    control.value = params.get(control.name) ?? "";
  }
}
