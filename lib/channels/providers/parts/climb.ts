import type { DiagnosisEvent, DiagnosisStep, Problem, StepId } from "@/lib/channels/diagnosis";
import type { Answer, Lost } from "@/lib/channels/providers/parts/answer";
import { untilWholeSecond } from "@/lib/delivery/wire/pad";

const DEADLINE_MS = 30_000;

/** What came of one rung. `temporary`: nothing is wrong with the settings. */
export type Outcome = Pick<DiagnosisStep, "result" | "facts" | "problem"> & { temporary?: boolean };

export interface Rung {
  id: StepId;
  climb: (signal: AbortSignal) => Promise<Outcome>;
}

/** Climbs one rung after the other up to the first that fails, and ends with one result, by its own deadline at the latest. */
export async function* climb(rungs: readonly Rung[], outer?: AbortSignal): AsyncGenerator<DiagnosisEvent> {
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, AbortSignal.timeout(DEADLINE_MS), ...(outer ? [outer] : [])]);
  const begun = performance.now();
  const steps: DiagnosisStep[] = [];
  let failed: Outcome | undefined;
  try {
    for (const { id, climb: attempt } of rungs) {
      yield { type: "start", id };
      const from = performance.now();
      const { temporary = false, ...outcome } = await before(signal, attempt);
      const ms = performance.now() - from;
      const step: DiagnosisStep = { id, ms: outcome.result === "failed" ? wholeSeconds(ms) : Math.round(ms), ...outcome };
      steps.push(step);
      yield { type: "step", step };
      if (outcome.result !== "failed") continue;
      failed = { ...outcome, temporary };
      break;
    }
    const verdict = failed ? (failed.temporary ? "temporary" : "failed") : "ok";
    const totalMs = Math.round(performance.now() - begun);
    yield { type: "result", result: { verdict, problem: failed?.problem?.code ?? null, steps, totalMs } };
  } finally {
    left.abort();
  }
}

function wholeSeconds(ms: number): number {
  return Math.max(1, Math.round(ms / 1000)) * 1000;
}

async function before(signal: AbortSignal, attempt: Rung["climb"]): Promise<Outcome> {
  const late: Outcome = { ...failure("deadline"), temporary: true };
  if (signal.aborted) return late;
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  const callOff = () => resolve(late);
  signal.addEventListener("abort", callOff, { once: true });
  try {
    return await Promise.race([attempt(signal), promise]);
  } finally {
    signal.removeEventListener("abort", callOff);
  }
}

type Came = Extract<Answer, { ok: true }>;

/** One harmless request as two rungs: whether it reached the provider, and what the provider thinks of the credentials. */
export function ask(request: (signal: AbortSignal) => Promise<Answer>, judge: (answer: Came) => Outcome): [Rung, Rung] {
  let came: Came | undefined;
  const reached: Rung = {
    id: "request",
    climb: async (signal) => {
      const answer = await padded(signal, request);
      if (!answer.ok) return lost(answer);
      came = answer;
      return isBusy(answer.status) ? unexpected(answer.status) : { result: "ok" };
    },
  };
  return [reached, { id: "auth", climb: async () => (came ? judge(came) : failure("unknown")) }];
}

/** A request that comes back without an answer takes whole seconds, so that its time maps no network (R46). */
async function padded(signal: AbortSignal, request: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const from = performance.now();
  const answer = await request(signal);
  if (!answer.ok) await untilWholeSecond(from, signal);
  return answer;
}

function isBusy(status: number): boolean {
  return status === 429 || status >= 500;
}

export function failure(code: Problem, params?: Record<string, string | number>): Outcome {
  return { result: "failed", problem: params ? { code, params } : { code } };
}

/** No answer to a request, as a problem of the rung that made it. */
export function lost({ reason, sent }: Lost): Outcome {
  if (reason === "dns_failed" || reason === "refused_by_policy" || reason === "tls_failed") return failure(reason);
  return { ...failure("provider_unreachable"), temporary: sent };
}

/** An answer that no sound account of that provider gives. */
export function unexpected(status: number): Outcome {
  if (status === 401 || status === 403) return failure("credentials_refused");
  if (isBusy(status)) return { ...failure("temporary"), temporary: true };
  return failure("unexpected_answer", { status });
}
