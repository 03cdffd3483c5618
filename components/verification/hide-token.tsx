"use client";

import { useEffect } from "react";

/** Takes the token out of the address bar and the history once the page is there (R13). */
export function HideToken() {
  useEffect(() => {
    window.history.replaceState(window.history.state, "", "/verify/link");
  }, []);
  return null;
}
