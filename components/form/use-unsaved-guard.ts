"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

/** What the form would post, as text to compare; React's own hidden fields left out. */
function snapshot(form: HTMLFormElement): string {
  const entries = [...new FormData(form)].filter(([name]) => !name.startsWith("$"));
  return JSON.stringify(entries.map(([name, value]) => [name, typeof value === "string" ? value : value.name]));
}

/** Asks before a changed form is left: by a link through `asking`, by closing the page through the browser. */
export function useUnsavedGuard(formRef: RefObject<HTMLFormElement | null>, active: boolean) {
  const router = useRouter();
  const saved = useRef<string>(undefined);
  const [target, setTarget] = useState<string>();

  const markSaved = useCallback(() => {
    if (formRef.current) saved.current = snapshot(formRef.current);
  }, [formRef]);
  useEffect(markSaved, [markSaved]);

  useEffect(() => {
    if (!active) return;
    const changed = () => formRef.current !== null && snapshot(formRef.current) !== saved.current;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (changed()) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const href = plainLink(event);
      if (!href || !changed()) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    addEventListener("beforeunload", onUnload);
    addEventListener("click", onClick, true);
    return () => {
      removeEventListener("beforeunload", onUnload);
      removeEventListener("click", onClick, true);
    };
  }, [active, formRef]);

  return {
    asking: target !== undefined,
    stay: () => setTarget(undefined),
    leave: () => {
      markSaved();
      if (target) router.push(target);
    },
    markSaved,
  };
}

/** The address of a press that would leave this page in this tab, else nothing. */
function plainLink(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.download) return undefined;
  const sameOrigin = link.origin === location.origin;
  const samePage = link.pathname === location.pathname && link.search === location.search;
  return sameOrigin && !samePage ? link.pathname + link.search + link.hash : undefined;
}
