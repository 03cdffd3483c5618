import type { DiagnosisEvent, DiagnosisResult, DiagnosisStep, Problem, StepId } from "@/lib/channels/diagnosis";
import { logger } from "@/lib/core/logger";
import { ConversationFault } from "@/lib/delivery/smtp-diagnosis/conversation";
import { type Found, RungFailure, type Shown } from "@/lib/delivery/smtp-diagnosis/found";
import { judgeFault } from "@/lib/delivery/smtp-diagnosis/recognise";
import { untilWholeSecond } from "@/lib/delivery/wire/pad";

/** What a rung that held gives on, and what it shows. */
export interface Held<T> extends Shown {
  value: T;
  warning?: Found | undefined;
  /** There is nothing to tell of this one. */
  skipped?: boolean;
}

interface Current {
  id: StepId;
  startedAt: number;
  failure?: RungFailure;
}

/** With these nothing is wrong with the settings: the same may work later. */
const PASSING: ReadonlySet<Problem> = new Set(["greylisted", "temporary", "shutting_down", "too_many_connections", "auth_temporary"]);

/** Climbs one rung after the other and tells of each; the first that does not hold is the last. */
export class Rungs {
  readonly steps: DiagnosisStep[] = [];
  /** The other side is not on the public internet: how long a "no" took there is nobody's business (R46). */
  inside = false;
  #current: Current | undefined;
  #closed = false;
  readonly #startedAt = performance.now();

  constructor(private readonly tell: (event: DiagnosisEvent) => void) {}

  async climb<T>(id: StepId, work: () => Promise<Held<T>>): Promise<T> {
    const startedAt = performance.now();
    const current: Current = { id, startedAt };
    this.#current = current;
    this.#tell({ type: "start", id });
    try {
      const { value, warning, skipped, ...shown } = await work();
      if (skipped) this.skip(id);
      else this.#done({ id, result: warning ? "warning" : "ok", ms: since(startedAt), ...shown, ...(warning ? { problem: warning } : {}) });
      return value;
    } catch (error) {
      const failure = asFailure(error, this.#closed);
      current.failure = failure;
      const ms = this.inside ? await untilWholeSecond(this.#startedAt) : since(startedAt);
      this.#done({ id, result: "failed", ms, ...failure.shown, problem: failure.found });
      throw failure;
    }
  }

  skip(id: StepId): void {
    this.#done({ id, result: "skipped", ms: 0 });
  }

  /** Nothing that comes later counts. What was cut off by the deadline has failed; what was not tried is left out. */
  end(all: readonly StepId[], cut: boolean): void {
    const tried = new Set(this.steps.map((step) => step.id));
    const left = all.filter((id) => !tried.has(id) && id !== this.#current?.id);
    const failed = this.steps.some((step) => step.result === "failed");
    const current = this.#current ?? (cut && !failed && left[0] ? { id: left.shift() as StepId, startedAt: performance.now() } : undefined);
    if (current) {
      const { found, shown } = current.failure ?? new RungFailure({ code: "deadline" });
      this.#done({ id: current.id, result: "failed", ms: since(current.startedAt), ...shown, problem: found });
    }
    for (const id of left) this.skip(id);
    this.#closed = true;
  }

  result(): DiagnosisResult {
    const problem = this.steps.find((step) => step.result === "failed")?.problem?.code ?? null;
    const verdict = problem === null ? "ok" : PASSING.has(problem) ? "temporary" : "failed";
    return { verdict, problem, steps: this.steps, totalMs: since(this.#startedAt) };
  }

  #done(step: DiagnosisStep): void {
    if (this.#closed) return;
    this.#current = undefined;
    this.steps.push(step);
    this.#tell({ type: "step", step });
  }

  #tell(event: DiagnosisEvent): void {
    if (!this.#closed) this.tell(event);
  }
}

function asFailure(error: unknown, late: boolean): RungFailure {
  if (error instanceof RungFailure) return error;
  if (error instanceof ConversationFault) return new RungFailure(judgeFault(error));
  if (!late) logger.error({ err: error }, "a mail server could not be diagnosed");
  return new RungFailure({ code: "unknown" });
}

function since(startedAt: number): number {
  return Math.round(performance.now() - startedAt);
}
