import { setTimeout as wait } from "node:timers/promises";

const BUCKET_MS = 1_000;

/**
 * Waits until a whole number of seconds has passed since `startedAt` (performance.now()) and returns it in milliseconds,
 * so that an answer's time tells a closed port from an open or a filtered one no finer than that (R46).
 */
export async function untilWholeSecond(startedAt: number, signal?: AbortSignal): Promise<number> {
  const padded = Math.max(1, Math.ceil((performance.now() - startedAt) / BUCKET_MS)) * BUCKET_MS;
  const rest = padded - (performance.now() - startedAt);
  await wait(Math.max(0, rest), undefined, { signal }).catch(() => undefined);
  return padded;
}
