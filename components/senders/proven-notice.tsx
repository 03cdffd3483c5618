"use client";

import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast-store";

/** Stays while the panel with the code goes: says that the code was right, and keeps the keyboard on the page. */
export function ProvenNotice({ proven, message }: { proven: boolean; message: string }) {
  const before = useRef(proven);
  useEffect(() => {
    if (proven && !before.current) {
      toast({ message, tone: "good" });
      if (document.activeElement === document.body) document.getElementById("main")?.focus();
    }
    before.current = proven;
  }, [proven, message]);
  return null;
}
