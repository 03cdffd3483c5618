import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";

const TONES: Record<string, Tone> = { ok: "good", refused: "bad", unreachable: "warn" };

/** What the provider said of a connection's token when it was asked last. */
export function TokenBadge({ result }: { result: "ok" | "refused" | "unreachable" | null }) {
  const t = useTranslations("connections");
  return <Badge tone={TONES[result ?? ""] ?? "neutral"}>{t(`check.${result ?? "none"}`)}</Badge>;
}
