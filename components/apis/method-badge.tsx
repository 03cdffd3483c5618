import { Badge } from "@/components/ui/badge";

const TONES = { GET: "info", POST: "good", PUT: "warn", PATCH: "warn", DELETE: "bad" } as const;

export function MethodBadge({ method }: { method: string }) {
  return (
    <Badge tone={TONES[method as keyof typeof TONES] ?? "neutral"} icon={null}>
      {method}
    </Badge>
  );
}
