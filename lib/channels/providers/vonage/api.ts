import { z } from "zod";
import type { Reach } from "@/lib/channels/providers/define";
import { type Answer, basicAuth } from "@/lib/channels/providers/parts/answer";
import { said } from "@/lib/channels/providers/parts/said";
import { safeRequest } from "@/lib/delivery/wire/fetch";

export const VONAGE_URL = "https://rest.nexmo.com";

export const SIGNATURE_METHODS = ["sha256", "sha512", "jwt"] as const;

export interface VonageConfig {
  apiKey: string;
  apiSecret: string;
  signatureSecret?: string | undefined;
  signatureMethod: (typeof SIGNATURE_METHODS)[number];
  baseUrl?: string | undefined;
}

export const submission = z.object({
  messages: z.array(z.object({ status: z.string(), "message-id": said.optional() })).min(1),
});
export const numberList = z.object({
  numbers: z.array(z.object({ msisdn: z.string(), cost: said.nullish(), moHttpUrl: z.string().nullish() })).default([]),
});
export const verdict = z.object({ "error-code": z.string(), "error-code-label": z.string().optional() });

export interface VonageCall {
  path: string;
  query?: Record<string, string>;
  /** Makes it a POST. */
  form?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** One call; the key and its secret go in a header, never in the address. */
export function callVonage(config: VonageConfig, reach: Reach, { path, query, form, signal }: VonageCall): Promise<Answer> {
  const search = query ? `?${new URLSearchParams(query)}` : "";
  return safeRequest(`${config.baseUrl ?? VONAGE_URL}${path}${search}`, {
    method: form ? "POST" : "GET",
    headers: {
      accept: "application/json",
      authorization: basicAuth(config.apiKey, config.apiSecret),
      ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    },
    ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    reach,
    ...(signal ? { signal } : {}),
  });
}

/** Vonage writes numbers without a plus; a name stays as it is. */
export function toVonage(number: string): string {
  return number.replace(/^\+/, "");
}
