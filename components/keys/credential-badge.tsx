import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { CredentialState } from "@/lib/services/keys/dto";

const TONES: Record<CredentialState, Tone> = { live: "good", expired: "neutral", revoked: "bad" };

export function CredentialBadge({ state }: { state: CredentialState }) {
  const t = useTranslations("keys");
  return <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>;
}
