"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { DiagnosisStep, StepId } from "@/lib/channels/diagnosis";
import type { LadderView } from "./ladder";

export type Refused = { message: string; fields: readonly { path: string; message: string }[]; retryAfterSec: number | null };

export type Run =
  | { at: "idle" }
  | { at: "running"; view: LadderView }
  | { at: "done"; view: LadderView }
  | { at: "stopped" }
  | { at: "broken" }
  | { at: "refused"; refused: Refused };

/** One test at a time, followed while it runs. Leaving the page ends it. */
export function useDiagnosis() {
  const [run, setRun] = useState<Run>({ at: "idle" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback(async (path: string, body: unknown) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const steps: DiagnosisStep[] = [];
    let current: StepId | undefined;
    setRun({ at: "running", view: { steps: [] } });
    // Fetched when somebody tests: reading a page of settings needs none of it.
    const { diagnosisStream, refusalOf } = await import("@/lib/queries/diagnosis-stream");
    try {
      for await (const event of diagnosisStream(path, body, controller.signal)) {
        if (controller.signal.aborted) return;
        if (event.type === "result") {
          setRun({ at: "done", view: { steps: event.result.steps, result: event.result } });
          return;
        }
        if (event.type === "start") current = event.id;
        else {
          steps.push(event.step);
          current = undefined;
        }
        setRun({ at: "running", view: { steps: [...steps], current } });
      }
      setRun({ at: "broken" });
    } catch (error) {
      if (controller.signal.aborted) return;
      const refused = refusalOf(error);
      setRun(refused ? { at: "refused", refused } : { at: "broken" });
    }
  }, []);

  const stop = useCallback(() => {
    running.current?.abort();
    setRun({ at: "stopped" });
  }, []);

  return { run, start, stop };
}
