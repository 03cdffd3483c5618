import { randomInt } from "node:crypto";

/** R71: the third has to lie beyond a greylist of five minutes. */
const DELAYS_SEC = [15, 60, 360, 1200, 3600];
/** A code by text lives ten minutes and is asked for again before that. */
const TEXT_RETRIES = 2;
const JITTER_PERCENT = 20;

/** Seconds until the next attempt, or null after the last one. `attempt` counts from 1. */
export function backoffSec(type: string, attempt: number): number | null {
  const delays = type === "sms" ? DELAYS_SEC.slice(0, TEXT_RETRIES) : DELAYS_SEC;
  const delay = delays[attempt - 1];
  return delay === undefined ? null : (delay * randomInt(100 - JITTER_PERCENT, 100 + JITTER_PERCENT + 1)) / 100;
}
