"use client";

import { Play, Square } from "lucide-react";
import { type ReactNode, type Ref, useEffect, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Countdown } from "@/components/ui/countdown";
import { cx } from "@/components/ui/cx";
import type { StepId } from "@/lib/channels/diagnosis";
import { type Cures, fillIn } from "./advice";
import { Ladder, type LadderView, verdictHint } from "./ladder";
import type { LadderLabels } from "./ladder-labels";
import type { Run } from "./use-diagnosis";

type Props = {
  ref: Ref<HTMLElement>;
  run: Run;
  /** What is to be filled in before anything can be tested. */
  unready: readonly string[];
  stored: LadderView | undefined;
  storedNote: ReactNode;
  /** A fix stands in the form and was not tested yet. */
  applied: boolean;
  /** The rungs that a test of these settings climbs, where they are known beforehand. */
  expected: readonly StepId[];
  /** A message to the person themselves is the last rung; undefined where they have no address for it. */
  send: boolean | undefined;
  cures: Cures;
  labels: LadderLabels;
  /** With {time}. */
  retryIn: string;
  onTest: () => void;
  onStop: () => void;
  onSend: (wanted: boolean) => void;
};

/** What the test finds, read out step by step but never by the clock. */
export function LadderPanel(props: Props) {
  const { ref, run, unready, stored, storedNote, applied, labels, onTest, onStop } = props;
  // nothing was tested yet: where the panel stands below the form, the button beside "save" is enough
  const fresh = run.at === "idle" && !stored;
  const again = useRef<HTMLButtonElement>(null);
  const running = run.at === "running";
  const view = run.at === "running" || run.at === "done" ? run.view : run.at === "idle" ? stored : undefined;

  // whoever stood on a button that goes away stands on the one that takes its place
  const stood = useRef(false);
  useEffect(() => {
    if (!running && stood.current) again.current?.focus();
    stood.current = false;
  }, [running]);
  useEffect(() => {
    if (applied) again.current?.focus();
  }, [applied]);

  return (
    <section ref={ref} aria-labelledby="ladder-title" className="min-w-0 lg:sticky lg:top-6">
      <div className="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 id="ladder-title" className="font-semibold text-md">
          {labels.title}
        </h2>
        {running ? (
          <Button
            size="sm"
            icon={<Square aria-hidden />}
            onClick={onStop}
            onFocus={() => {
              stood.current = true;
            }}
            onBlur={() => {
              stood.current = false;
            }}
          >
            {labels.cancel}
          </Button>
        ) : (
          <Button
            ref={again}
            size="sm"
            variant={applied ? "primary" : "secondary"}
            icon={<Play aria-hidden />}
            onClick={onTest}
            className={cx("noscript:hidden", fresh && "max-lg:hidden")}
          >
            {fresh ? labels.run : labels.again}
          </Button>
        )}
      </div>
      {run.at === "idle" && unready.length === 0 && storedNote}
      <div className="grid gap-4">
        {applied && <Alert tone="info">{labels.applied}</Alert>}
        {unready.length > 0 && !running && (
          <Alert tone="warn">
            <List items={unready} />
          </Alert>
        )}
        <Outcome run={run} labels={labels} retryIn={props.retryIn} onTest={onTest} />
        {run.at === "idle" && !view && unready.length === 0 && (
          <p className="max-w-prose text-ink-muted">
            {labels.untested} {!props.send && labels.nothingSent}
          </p>
        )}
        {!running && props.send !== undefined && (
          <Checkbox
            label={labels.send}
            checked={props.send}
            onChange={(event) => props.onSend(event.target.checked)}
            className="-my-1 text-sm noscript:hidden"
          />
        )}
        {view ? (
          // what was found before a cure stays in sight, but is no verdict on the form as it stands
          <Ladder
            view={applied ? { steps: view.steps } : view}
            ahead={running ? props.expected : undefined}
            labels={labels}
            cures={applied ? undefined : props.cures}
          />
        ) : (
          run.at === "idle" &&
          props.expected.length > 0 && (
            <div className="max-lg:hidden">
              <Ladder view={{ steps: [] }} ahead={props.expected} labels={labels} />
            </div>
          )
        )}
      </div>
      <p role="status" className="sr-only">
        {applied ? labels.applied : spoken(run, labels)}
      </p>
    </section>
  );
}

function Outcome({ run, labels, retryIn, onTest }: { run: Run; labels: LadderLabels; retryIn: string; onTest: () => void }) {
  if (run.at === "stopped") return <p className="text-ink-muted">{labels.cancelled}</p>;
  if (run.at === "broken") return <Alert tone="warn">{labels.broken}</Alert>;
  if (run.at !== "refused") return null;
  const { message, fields, retryAfterSec } = run.refused;
  return (
    <Alert tone={retryAfterSec === null ? "bad" : "info"} title={message}>
      {fields.length > 0 && <List items={fields.map((field) => field.message)} />}
      {retryAfterSec !== null && <Countdown seconds={retryAfterSec} template={retryIn} onDone={onTest} />}
    </Alert>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className={items.length > 1 ? "list-disc pl-4" : undefined}>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

/** What a screen reader says: that it runs, what is wrong, and how it ended. */
function spoken(run: Run, labels: LadderLabels): string {
  if (run.at === "stopped") return labels.cancelled;
  if (run.at === "broken") return labels.broken;
  if (run.at === "refused") return run.refused.message;
  if (run.at === "idle") return "";
  const found = run.view.steps.flatMap(({ id, result, problem }) =>
    problem ? [`${labels.steps[id]}: ${labels.results[result]}. ${fillIn(labels.problems[problem.code], problem.params)}`] : [],
  );
  const end = run.view.result && `${labels.verdict[run.view.result.verdict]}. ${verdictHint(run.view, labels)}`;
  return [end ?? labels.running, ...found].join(" ");
}
