import { randomUUID } from "node:crypto";
import { z } from "zod";
import { logger } from "@/lib/core/logger";
import { readBytes } from "@/lib/core/read-bytes";
import type { TurnstileSettings } from "@/lib/env";

const TIMEOUT_MS = 5_000;
const LONGEST_ANSWER = 16_384;

const Verdict = z.object({ success: z.boolean(), hostname: z.string().optional(), action: z.string().optional() });

export interface Solved {
  token: string;
  /** What its widget was told that it is for. */
  action: string;
  ip: string | null;
}

/** Whether Turnstile vouches for a token: for us, for this, now. Whatever is unclear is a no (R56). */
export async function siteverify(settings: TurnstileSettings, secret: string, { token, action, ip }: Solved): Promise<boolean> {
  try {
    const verdict = Verdict.parse(await ask(settings.verifyUrl, { secret, response: token, ...(ip ? { remoteip: ip } : {}) }));
    return verdict.success && verdict.action === action && settings.hostnames.includes(verdict.hostname ?? "");
  } catch (error) {
    logger.warn({ err: error }, "Turnstile gave no usable answer");
    return false;
  }
}

async function ask(url: string, fields: Record<string, string>): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ ...fields, idempotency_key: randomUUID() }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const bytes = await readBytes(response, LONGEST_ANSWER);
  if (bytes === null) {
    throw new Error("the answer is too long");
  }
  return JSON.parse(Buffer.from(bytes).toString("utf8"));
}
