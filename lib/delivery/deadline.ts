export type Deadline = { signal: AbortSignal; passed: () => boolean };

/** Runs something that may take so long and no longer; leaves no timer and no listener behind. */
export async function withDeadline<Result>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  run: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    controller.abort();
  }, milliseconds);
  const callOff = () => controller.abort();
  outer?.addEventListener("abort", callOff, { once: true });
  if (outer?.aborted) callOff();
  try {
    return await run({ signal: controller.signal, passed: () => passed });
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", callOff);
  }
}
