export const TIME_ZONE_COOKIE = "tz";

/** The zone that a browser said it is in, or UTC when it named none that there is. */
export function timeZoneOf(said: string | undefined): string {
  if (said === undefined || said.length > 64) {
    return "UTC";
  }
  try {
    return new Intl.DateTimeFormat("en", { timeZone: said }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
