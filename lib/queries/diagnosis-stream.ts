import type { DiagnosisEvent } from "@/lib/channels/diagnosis";

/** Why a test may not run, and which fields are to be looked at first. */
export interface TestRefusal {
  message: string;
  fields: { path: string; message: string }[];
  retryAfterSec: number | null;
}

class Refused extends Error {
  constructor(readonly refusal: TestRefusal) {
    super(refusal.message);
  }
}

/** What the API said when it refused to test; null for everything else that may go wrong. */
export function refusalOf(error: unknown): TestRefusal | null {
  return error instanceof Refused ? error.refusal : null;
}

/** Runs a test and yields what it finds while it runs. */
export async function* diagnosisStream(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<DiagnosisEvent> {
  const response = await fetch(path, {
    method: "POST",
    headers: { accept: "application/x-ndjson", "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || !response.body) {
    throw new Refused(await readRefusal(response));
  }
  yield* eventsOf(response.body);
}

async function readRefusal(response: Response): Promise<TestRefusal> {
  type Problem = { detail?: string; errors?: { pointer: string; detail: string }[] };
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const wait = Number(response.headers.get("retry-after"));
  return {
    message: problem.detail ?? response.statusText,
    fields: (problem.errors ?? []).map(({ pointer, detail }) => ({ path: pointer.split("/").at(-1) ?? "", message: detail })),
    retryAfterSec: wait > 0 ? wait : null,
  };
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<DiagnosisEvent> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") yield JSON.parse(line) as DiagnosisEvent;
    }
    if (rest !== "") yield JSON.parse(rest) as DiagnosisEvent;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
