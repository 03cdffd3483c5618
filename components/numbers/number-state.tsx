import { useTranslations } from "next-intl";
import { Badge, type Tone } from "@/components/ui/badge";
import type { NumberDto } from "@/lib/services/numbers/dto";

const TONE: Record<NumberDto["state"], Tone> = { active: "neutral", buying: "info", lost: "warn" };

export function NumberStateBadge({ state }: { state: NumberDto["state"] }) {
  const t = useTranslations("numbers");
  return (
    <Badge tone={TONE[state]} {...(state === "active" ? { icon: null } : {})}>
      {t(`state.${state}`)}
    </Badge>
  );
}
