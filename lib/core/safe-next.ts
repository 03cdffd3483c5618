/** Where a signed-in person starts. */
export const HOME = "/contact-points";

const BASE = "http://reachable.invalid";

/** The place of ours to return to after sign-in; whatever could lead elsewhere leads home. */
export function safeNext(next: string | undefined): string {
  if (!next?.startsWith("/") || !URL.canParse(next, BASE)) {
    return HOME;
  }
  const url = new URL(next, BASE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // A browser reads a path that starts with two slashes as another host.
  return url.origin === BASE && !path.startsWith("//") ? path : HOME;
}
