"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

/** Draws the page anew when `settled` is another one: what stands around a panel was drawn before. */
export function useRedraw(settled: string | undefined): void {
  const router = useRouter();
  const drawn = useRef(settled);
  useEffect(() => {
    if (settled === drawn.current) return;
    drawn.current = settled;
    router.refresh();
  }, [settled, router]);
}
