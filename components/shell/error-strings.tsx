"use client";

import { createContext, type ReactNode, useContext } from "react";

export type ErrorStrings = { title: string; description: string; reference: string; retry: string };

const Context = createContext<ErrorStrings>({ title: "", description: "", reference: "", retry: "" });

/** The words of the error page, brought along with every page: when they are needed the server is not asked again. */
export function ErrorStringsProvider({ strings, children }: { strings: ErrorStrings; children: ReactNode }) {
  return <Context value={strings}>{children}</Context>;
}

export const useErrorStrings = () => useContext(Context);
