import { streamText } from "@/lib/http/stream-text";

/**
 * Events as they happen, one JSON text a line. Whoever goes away ends what makes them, at once and not at its next event.
 * `open` is given the signal for that, and throws what is refused before anything is sent.
 */
export async function streamEvents<T>(
  request: Request,
  open: (signal: AbortSignal) => Promise<AsyncGenerator<T, void>>,
): Promise<Response> {
  const gone = new AbortController();
  const events = await open(AbortSignal.any([request.signal, gone.signal]));
  const lines = toLines(events);
  const stop = lines.return.bind(lines);
  lines.return = (value) => {
    gone.abort();
    return stop(value);
  };
  // no-transform: a compressing proxy would hold lines back until it has enough of them
  return streamText(lines, {
    "content-type": "application/x-ndjson",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  });
}

async function* toLines<T>(events: AsyncGenerator<T, void>): AsyncGenerator<string, void> {
  for await (const event of events) {
    yield `${JSON.stringify(event)}\n`;
  }
}
