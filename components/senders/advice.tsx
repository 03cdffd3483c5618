import { CornerUpLeft, Wrench } from "lucide-react";
import { type Tone, toneSoft } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import type { DiagnosisStep, Fix } from "@/lib/channels/diagnosis";
import type { LadderLabels } from "./ladder-labels";
import { WHERE_TO_LOOK } from "./where-to-look";

/** What a step can change in the form beside it; only in the browser. */
export type Cures = {
  onFix: (fix: Fix) => void;
  onGoTo: (field: string) => void;
  /** By name, the fields that are asked for now. */
  fields: Readonly<Record<string, string>>;
};

type AdviceProps = { problem: NonNullable<DiagnosisStep["problem"]>; tone: Tone; labels: LadderLabels; cures: Cures | undefined };

/** One sentence on what to change, and the button that changes it, or else the way to the field. */
export function Advice({ problem, tone, labels, cures }: AdviceProps) {
  return (
    <div className={cx("mt-1.5 rounded-md px-3 py-2", toneSoft[tone])}>
      <p className="text-ink">{fillIn(labels.problems[problem.code], problem.params)}</p>
      {cures && <Cure problem={problem} labels={labels} cures={cures} />}
    </div>
  );
}

function Cure({ problem: { code, fix }, labels, cures }: { problem: AdviceProps["problem"]; labels: LadderLabels; cures: Cures }) {
  if (fix) {
    return (
      <Button size="sm" icon={<Wrench aria-hidden />} className="mt-2" onClick={() => cures.onFix(fix)}>
        {fillIn(labels.fixes[fix.code], fix.set)}
      </Button>
    );
  }
  const field = WHERE_TO_LOOK[code];
  const label = field && cures.fields[field];
  if (!field || !label) return null;
  return (
    <Button size="sm" icon={<CornerUpLeft aria-hidden />} className="mt-2" onClick={() => cures.onGoTo(field)}>
      {fillIn(labels.goTo, { field: label })}
    </Button>
  );
}

/** A sentence with its values; one that the step does not give becomes an ellipsis. */
export function fillIn(template: string, values: Record<string, unknown> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "…"));
}
