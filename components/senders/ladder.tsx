import { CircleDashed, Wrench } from "lucide-react";
import { type Tone, ToneIcon, toneSoft, toneText } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Spinner } from "@/components/ui/spinner";
import type { DiagnosisResult, DiagnosisStep, Fix, StepId, StepResult } from "@/lib/channels/diagnosis";
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
  labels: LadderLabels;
  /** Only in the browser: puts what a fix says into the form. */
  onFix?: ((fix: Fix) => void) | undefined;
};

/** The rungs of a test from the first to the one where it stopped; drawn by the server for a stored result. */
export function Ladder({ view, labels, onFix }: Props) {
  const stopped = view.steps.findIndex((step) => step.result === "failed");
  return (
    <div className="grid gap-4">
      {view.result && <Verdict view={view} labels={labels} />}
      <ol aria-label={labels.stepsLabel} className="grid">
        {view.steps.map((step, index) => (
          <Rung key={step.id} step={step} reached={stopped < 0 || index <= stopped} labels={labels} onFix={onFix} />
        ))}
        {view.current && (
          <li className="relative flex gap-3 pb-1">
            <span className="grid size-5 shrink-0 place-items-center text-info">
              <Spinner />
            </span>
            <span className="min-w-0 flex-1">
              {labels.steps[view.current]} <span className="text-ink-muted text-sm">{labels.stepRunning}</span>
            </span>
          </li>
        )}
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
        <p className="font-medium">{labels.verdict[result.verdict]}</p>
        <p className="text-ink-muted">{verdictHint(view, labels)}</p>
      </div>
      <span className="shrink-0 text-ink-muted text-sm tabular-nums">{labels.totalMs.replace("{ms}", String(result.totalMs))}</span>
    </div>
  );
}

type RungProps = { step: DiagnosisStep; reached: boolean; labels: LadderLabels; onFix: Props["onFix"] };

function Rung({ step, reached, labels, onFix }: RungProps) {
  const tone = TONE[step.result];
  const word = reached ? labels.results[step.result] : labels.notReached;
  return (
    <li className="group relative flex gap-3 pb-3 last:pb-0" data-step={step.id} data-result={step.result}>
      <span aria-hidden className="absolute top-6 bottom-0.5 left-[0.59375rem] w-px bg-line group-last:hidden" />
      <span className={cx("grid size-5 shrink-0 place-items-center", toneText[tone])}>
        {step.result === "skipped" ? <CircleDashed aria-hidden className="size-4" /> : <ToneIcon tone={tone} />}
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className={cx("font-medium", step.result === "skipped" && "font-normal text-ink-muted")}>{labels.steps[step.id]}</span>
          <span className={cx("text-sm", toneText[tone])}>{word}</span>
          {step.result !== "skipped" && (
            <span className="ml-auto text-ink-faint text-sm tabular-nums">{labels.ms.replace("{ms}", String(step.ms))}</span>
          )}
        </div>
        {step.facts && <Facts facts={step.facts} open={step.result === "failed"} labels={labels} />}
        {step.reply && (
          <p className="mt-1 text-sm">
            <span className="text-ink-muted">{labels.reply}</span>{" "}
            <samp className="mt-0.5 block break-words rounded-sm bg-sunken px-2 py-1 font-mono text-ink text-xs">{step.reply}</samp>
          </p>
        )}
        {step.problem && <Advice problem={step.problem} tone={tone} labels={labels} onFix={onFix} />}
      </div>
    </li>
  );
}

function Facts({ facts, open, labels }: { facts: Record<string, string>; open: boolean; labels: LadderLabels }) {
  const entries = Object.entries(facts).filter(([, value]) => value !== "");
  if (entries.length === 0) return null;
  const list = (
    <dl className="grid gap-x-3 text-sm sm:grid-cols-[max-content_1fr]">
      {entries.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="text-ink-muted">{labels.factNames[key] ?? key}</dt>
          <dd className="min-w-0 break-words pb-1 text-ink sm:pb-0">{value}</dd>
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

type AdviceProps = { problem: NonNullable<DiagnosisStep["problem"]>; tone: Tone; labels: LadderLabels; onFix: Props["onFix"] };

function Advice({ problem, tone, labels, onFix }: AdviceProps) {
  const { fix } = problem;
  return (
    <div className={cx("mt-1.5 rounded-md px-3 py-2", toneSoft[tone])}>
      <p className="text-ink">{fillIn(labels.problems[problem.code], problem.params)}</p>
      {fix && onFix && (
        <Button size="sm" icon={<Wrench aria-hidden />} className="mt-2" onClick={() => onFix(fix)}>
          {fillIn(labels.fixes[fix.code], fix.set)}
        </Button>
      )}
    </div>
  );
}

/** A sentence with its values; one that the step does not give becomes an ellipsis. */
export function fillIn(template: string, values: Record<string, unknown> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? "…"));
}
