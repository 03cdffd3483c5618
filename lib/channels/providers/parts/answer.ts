import type { z } from "zod";
import type { DeliveryFailure } from "@/lib/delivery/result";
import type { safeRequest } from "@/lib/delivery/wire/fetch";

export type Answer = Awaited<ReturnType<typeof safeRequest>>;
export type Lost = Extract<Answer, { ok: false }>;

/** No answer: unless it may have got out, it surely did not (R70). */
export function judgeLost({ reason, sent }: Lost): DeliveryFailure {
  if (sent) return { outcome: "unknown", reason: "unknown_outcome" };
  return { outcome: reason === "refused_by_policy" ? "refused" : "temporary", reason };
}

/** The answer in the shape that is expected of it; undefined for every other. */
export function readAnswer<S extends z.ZodType>(schema: S, body: string): z.output<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

export function basicAuth(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}
