import { Circle, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { type Tone, ToneIcon, toneSoft, toneText } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import { Spinner } from "@/components/ui/spinner";
import type { DiagnosisResult, DiagnosisStep, StepId, StepResult } from "@/lib/channels/diagnosis";
import { Advice, type Cures } from "./advice";
import type { LadderLabels } from "./ladder-labels";

const TONE: Record<StepResult, Tone> = { ok: "good", warning: "warn", failed: "bad", skipped: "neutral" };
const VERDICT_TONE = { ok: "good", temporary: "warn", failed: "bad" } as const;
/** More facts than this are folded away. */
const FEW_FACTS = 2;

export type LadderView = {
  steps: readonly DiagnosisStep[];
  /** The rung that is being climbed now. */
  current?: StepId | undefined;
  result?: Pick<DiagnosisResult, "verdict" | "totalMs"> | undefined;
};

type Props = {
  view: LadderView;
  /** The rungs that are still to be climbed, as far as they are known. */
  ahead?: readonly StepId[] | undefined;
  labels: LadderLabels;
  cures?: Cures | undefined;
};

/** The rungs of a test from the first to the one where it stopped; drawn by the server for a stored result. */
export function Ladder({ view, ahead = [], labels, cures }: Props) {
  const stopped = view.steps.findIndex((step) => step.result === "failed");
  const met = new Set([...view.steps.map((step) => step.id), view.current]);
  return (
    <div className="grid gap-4">
      {view.result && <Verdict view={view} labels={labels} />}
      <ol aria-label={labels.stepsLabel} className="grid">
        {view.steps.map((step, index) => (
          <Rung key={step.id} step={step} reached={stopped < 0 || index <= stopped} labels={labels} cures={cures} />
        ))}
        {view.current && (
          <Line icon={<Spinner />} tone="info">
            <span>{labels.steps[view.current]}</span> <span className="text-ink-muted text-sm">{labels.stepRunning}</span>
          </Line>
        )}
        {ahead
          .filter((step) => !met.has(step))
          .map((step) => (
            <Line key={step} icon={<Circle aria-hidden className="size-4" strokeWidth={1.5} />} tone="neutral">
              <span className="text-ink-muted">{labels.steps[step]}</span>
            </Line>
          ))}
      </ol>
    </div>
  );
}

/** The verdict in one line, and where it stopped. */
export function verdictHint({ steps, result }: LadderView, labels: LadderLabels): string {
  const failed = steps.find((step) => step.result === "failed");
  return labels.verdictHint[result?.verdict ?? "failed"].replace("{step}", failed ? labels.steps[failed.id] : "");
}

function Verdict({ view, labels }: { view: LadderView; labels: LadderLabels }) {
  const { result } = view;
  if (!result) return null;
  const tone = VERDICT_TONE[result.verdict];
  return (
    <div className={cx("flex items-start gap-2.5 rounded-lg px-3.5 py-3", toneSoft[tone])}>
      <ToneIcon tone={tone} className="mt-[0.1875rem]" />
      <div className="min-w-0 flex-1 text-ink">
        <p className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium">{labels.verdict[result.verdict]}</span>
          <span className="text-ink-muted text-sm tabular-nums">{labels.totalMs.replace("{ms}", String(result.totalMs))}</span>
        </p>
        <p className="text-ink-muted">{verdictHint(view, labels)}</p>
      </div>
    </div>
  );
}

type LineProps = { icon: ReactNode; tone: Tone; children: ReactNode };

/** A rung without anything to tell yet. */
function Line({ icon, tone, children }: LineProps) {
  return (
    <li className="group relative flex gap-3 pb-3 last:pb-0">
      <Rail />
      <span className={cx("grid size-5 shrink-0 place-items-center", toneText[tone])}>{icon}</span>
      <span className="min-w-0 flex-1">{children}</span>
    </li>
  );
}

function Rail() {
  return <span aria-hidden className="absolute top-6 bottom-0.5 left-[0.59375rem] w-px bg-line group-last:hidden" />;
}

type RungProps = { step: DiagnosisStep; reached: boolean; labels: LadderLabels; cures: Cures | undefined };

function Rung({ step, reached, labels, cures }: RungProps) {
  const tone = TONE[step.result];
  const skipped = step.result === "skipped";
  const why = skipped && reached ? labels.leftOut[step.id] : undefined;
  return (
    <li className="group relative flex gap-3 pb-3 last:pb-0" data-step={step.id} data-result={step.result}>
      <Rail />
      <span className={cx("grid size-5 shrink-0 place-items-center", toneText[tone])}>
        {skipped ? <CircleDashed aria-hidden className="size-4" /> : <ToneIcon tone={tone} />}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
            <span className={cx("font-medium", skipped && "font-normal text-ink-muted")}>{labels.steps[step.id]}</span>
            <span className={cx("text-sm", toneText[tone])}>{reached ? labels.results[step.result] : labels.notReached}</span>
          </div>
          {!skipped && <span className="shrink-0 text-ink-faint text-sm tabular-nums">{labels.ms.replace("{ms}", String(step.ms))}</span>}
        </div>
        {why && <p className="text-ink-muted text-sm">{why}</p>}
        {step.facts && <Facts facts={step.facts} open={step.result === "failed"} labels={labels} />}
        {step.reply && (
          <p className="mt-1">
            <span className={step.problem ? "text-ink-muted text-sm" : "sr-only"}>{labels.reply}</span>{" "}
            <samp className="block break-words rounded-sm bg-sunken px-2 py-1 font-mono text-ink text-xs">{step.reply}</samp>
          </p>
        )}
        {step.problem && <Advice problem={step.problem} tone={tone} labels={labels} cures={cures} />}
      </div>
    </li>
  );
}

function Facts({ facts, open, labels }: { facts: Record<string, string>; open: boolean; labels: LadderLabels }) {
  const entries = Object.entries(facts).filter(([, value]) => value !== "");
  if (entries.length === 0) return null;
  const list = (
    <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 text-sm">
      {entries.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-ink-muted">{labels.factNames[key] ?? key}</dt>
          <dd className="min-w-0 break-words text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
  if (entries.length <= FEW_FACTS) return list;
  return (
    <details open={open} className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-ink-muted hover:text-ink touch:min-h-9">{labels.facts}</summary>
      <div className="pt-1">{list}</div>
    </details>
  );
}
