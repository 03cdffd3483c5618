import { z } from "zod";
import { field } from "@/lib/channels/define";
import { type CheckOptions, defineProviderType, type Reach, type SenderText } from "@/lib/channels/providers/define";
import { judgeLost, readAnswer } from "@/lib/channels/providers/parts/answer";
import { baseUrl } from "@/lib/channels/providers/parts/base-url";
import { ask, climb, failure, lost, type Outcome, type Rung, unexpected } from "@/lib/channels/providers/parts/climb";
import { sendTest } from "@/lib/channels/providers/parts/send-test";
import {
  account,
  callTwilio,
  message,
  owned,
  refusal,
  shortCodes,
  TWILIO_URL,
  type TwilioConfig,
} from "@/lib/channels/providers/twilio/api";
import { judgeTwilio } from "@/lib/channels/providers/twilio/errors";
import { twilioNumbers } from "@/lib/channels/providers/twilio/numbers";
import type { DeliveryResult } from "@/lib/delivery/result";

export const twilio = defineProviderType({
  id: "twilio",
  channel: "sms",
  icon: "phone",
  available: () => true,
  config: z.strictObject({
    accountSid: field(
      z
        .string()
        .trim()
        .refine((sid) => /^AC[\da-f]{32}$/i.test(sid), { params: { reason: "account_sid" } }),
      { control: "text", words: "accountSid", hint: true, placeholder: "AC…", maxLength: 34, autoComplete: "off" },
    ),
    authToken: field(z.string().trim().min(1).max(128), { control: "password", words: "authToken", secret: true, maxLength: 128 }),
    baseUrl: field(baseUrl, {
      control: "text",
      words: "baseUrl",
      hint: true,
      placeholder: TWILIO_URL,
      inputMode: "url",
      maxLength: 512,
      autoComplete: "off",
      advanced: true,
    }),
  }),
  configVersion: 1,
  bound: ["accountSid", "baseUrl"],
  describe: (config) => `${new URL(config.baseUrl ?? TWILIO_URL).host} · ${config.accountSid}`,
  check: (config, options) => climb(rungs(config, options), options.signal),
  open: (config, reach) => ({ sendText: (text) => send(config, reach, text), close: () => {} }),
  numbers: twilioNumbers,
});

// Twilio knows no reference of ours: a text whose fate is unclear is therefore never sent again by itself (R70).
async function send(config: TwilioConfig, reach: Reach, text: SenderText, signal?: AbortSignal): Promise<DeliveryResult> {
  const form = { To: text.to, From: text.from, Body: text.text };
  const answer = await callTwilio(config, reach, { path: "/Messages", form, signal });
  if (!answer.ok) return judgeLost(answer);
  if (answer.status < 200 || answer.status > 299) return judgeTwilio(answer.status, readAnswer(refusal, answer.body)?.code);
  const said = readAnswer(message, answer.body);
  return said ? { outcome: "sent", providerReference: said.sid } : { outcome: "sent" };
}

function rungs(config: TwilioConfig, options: CheckOptions): Rung[] {
  const { reach, from, to } = options;
  const climbed: Rung[] = ask((signal) => callTwilio(config, reach, { path: "", signal }), judgeAccount);
  if (from) climbed.push({ id: "mail_from", climb: (signal) => checkOwner(config, reach, from, signal) });
  if (options.send && from && to) climbed.push(sendTest({ from, to }, (text, signal) => send(config, reach, text, signal)));
  return climbed;
}

function judgeAccount({ status, body }: { status: number; body: string }): Outcome {
  // An account that the token does not open is said not to exist.
  if (status === 404) return failure("credentials_refused");
  const said = status === 200 ? readAnswer(account, body) : undefined;
  if (!said) return unexpected(status);
  if (said.status !== "active") return failure("account_not_active");
  return { result: "ok", facts: { account: said.friendly_name } };
}

/** A name cannot be asked for: whether it may send is up to the country that it sends to. */
async function checkOwner(config: TwilioConfig, reach: Reach, from: string, signal: AbortSignal): Promise<Outcome> {
  const facts = { from };
  if (/[^\d+]/.test(from)) return { result: "skipped", facts };
  const short = !from.startsWith("+");
  const answer = short
    ? await callTwilio(config, reach, { path: "/SMS/ShortCodes", query: { ShortCode: from }, signal })
    : await callTwilio(config, reach, { path: "/IncomingPhoneNumbers", query: { PhoneNumber: from }, signal });
  if (!answer.ok) return lost(answer);
  if (answer.status !== 200) return unexpected(answer.status);
  const found = short
    ? readAnswer(shortCodes, answer.body)?.short_codes.map((each) => each.short_code)
    : readAnswer(owned, answer.body)?.incoming_phone_numbers.map((each) => each.phone_number);
  if (!found) return unexpected(answer.status);
  return found.includes(from) ? { result: "ok", facts } : { ...failure("number_not_owned"), facts };
}
