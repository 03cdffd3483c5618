import "server-only";
import { headers } from "next/headers";
import { safeNext } from "@/lib/core/safe-next";

/** The sign-in page, which leads back to what was asked for. The edge writes the header; nobody else can. */
export async function signInHref(): Promise<string> {
  const url = new URL((await headers()).get("x-asked-for") ?? "/", "http://here.example");
  url.searchParams.delete("_rsc");
  const next = safeNext(url.pathname + url.search);
  return `/sign-in?next=${encodeURIComponent(next)}`;
}
