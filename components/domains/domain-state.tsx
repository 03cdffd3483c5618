import { useTranslations } from "next-intl";
import { Badge, Status, type Tone } from "@/components/ui/badge";
import type { RecordStatus } from "@/lib/channels/email-domain/checks";
import type { DomainState } from "@/lib/channels/email-domain/life";

const STATE_TONES: Record<DomainState, Tone> = { pending: "warn", verified: "good", failed: "bad" };

export const STATUS_TONES: Record<RecordStatus, Tone> = {
  unchecked: "neutral",
  ok: "good",
  warning: "warn",
  missing: "warn",
  wrong: "bad",
  unclear: "neutral",
};

export function DomainBadge({ state }: { state: DomainState }) {
  const t = useTranslations("domains");
  return <Badge tone={STATE_TONES[state]}>{t(`state.${state}`)}</Badge>;
}

export function RecordState({ status }: { status: RecordStatus }) {
  const t = useTranslations("domains");
  return <Status tone={STATUS_TONES[status]}>{t(`status.${status}`)}</Status>;
}
