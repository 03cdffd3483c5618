/**
 * True when a browser vouches that the request comes from our own pages. What it does not say, says twice, or says in
 * contradiction counts as a no.
 */
export function assertSameOrigin(headers: Headers, appOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site === null && origin === null) {
    return false;
  }
  const siteAgrees = site === null || site === "same-origin";
  const originAgrees = origin === null || origin === new URL(appOrigin).origin;
  return siteAgrees && originAgrees;
}
