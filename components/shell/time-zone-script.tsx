import { headers } from "next/headers";
import { TIME_ZONE_COOKIE } from "@/lib/i18n/time-zone";

const SCRIPT = `document.cookie="${TIME_ZONE_COOKIE}="+Intl.DateTimeFormat().resolvedOptions().timeZone+";path=/;max-age=31536000;samesite=lax"+(location.protocol==="https:"?";secure":"")`;

/** Tells the server where the reader's clock stands; the first page of all is still in UTC, and says so. */
export async function TimeZoneScript() {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
