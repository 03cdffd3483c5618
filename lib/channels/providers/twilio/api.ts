import { z } from "zod";
import type { Reach } from "@/lib/channels/providers/define";
import { type Answer, basicAuth } from "@/lib/channels/providers/parts/answer";
import { said } from "@/lib/channels/providers/parts/said";
import { safeRequest } from "@/lib/delivery/wire/fetch";

export const TWILIO_URL = "https://api.twilio.com";

export interface TwilioConfig {
  accountSid: string;
  authToken: string;
  baseUrl?: string | undefined;
}

export const account = z.object({ friendly_name: said, status: z.string(), type: z.string().optional() });
export const message = z.object({ sid: said, status: z.string().optional() });
export const refusal = z.object({ code: z.number().int(), message: z.string().optional() });
export const owned = z.object({
  incoming_phone_numbers: z.array(z.object({ sid: said, phone_number: z.string(), sms_url: z.string().nullish() })),
});
export const shortCodes = z.object({ short_codes: z.array(z.object({ short_code: z.string() })) });

export interface TwilioCall {
  path: string;
  query?: Record<string, string>;
  /** Makes it a POST. */
  form?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** One call below the account's own resource; "" is the account itself. */
export function callTwilio(config: TwilioConfig, reach: Reach, { path, query, form, signal }: TwilioCall): Promise<Answer> {
  const root = `${config.baseUrl ?? TWILIO_URL}/2010-04-01/Accounts/${config.accountSid}`;
  const search = query ? `?${new URLSearchParams(query)}` : "";
  return safeRequest(`${root}${path}.json${search}`, {
    method: form ? "POST" : "GET",
    headers: {
      accept: "application/json",
      authorization: basicAuth(config.accountSid, config.authToken),
      ...(form ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    },
    ...(form ? { body: new URLSearchParams(form).toString() } : {}),
    reach,
    ...(signal ? { signal } : {}),
  });
}
