import { z } from "zod";
import { field } from "@/lib/channels/define";
import { type CheckOptions, defineProviderType, type Reach, type SenderText } from "@/lib/channels/providers/define";
import { judgeLost, readAnswer } from "@/lib/channels/providers/parts/answer";
import { baseUrl } from "@/lib/channels/providers/parts/base-url";
import { ask, climb, failure, lost, type Outcome, type Rung, unexpected } from "@/lib/channels/providers/parts/climb";
import { optionalText } from "@/lib/channels/providers/parts/optional-text";
import { sendTest } from "@/lib/channels/providers/parts/send-test";
import {
  callVonage,
  numberList,
  SIGNATURE_METHODS,
  submission,
  toVonage,
  VONAGE_URL,
  type VonageConfig,
} from "@/lib/channels/providers/vonage/api";
import { judgeVonage } from "@/lib/channels/providers/vonage/errors";
import { vonageNumbers } from "@/lib/channels/providers/vonage/numbers";
import { measureSms } from "@/lib/core/sms-length";
import type { DeliveryResult } from "@/lib/delivery/result";
import { judgeStatus } from "@/lib/delivery/text";

const MAX_REFERENCE = 40;
const secret = z.string().trim().min(1).max(128);

export const vonage = defineProviderType({
  id: "vonage",
  channel: "sms",
  icon: "phone",
  available: () => true,
  config: z.strictObject({
    apiKey: field(
      z
        .string()
        .trim()
        .regex(/^[\da-z]{4,32}$/i),
      { control: "text", words: "apiKey", maxLength: 32, autoComplete: "off" },
    ),
    apiSecret: field(secret, { control: "password", words: "apiSecret", secret: true, maxLength: 128 }),
    signatureMethod: field(z.enum(SIGNATURE_METHODS).default("sha256"), { control: "select", words: "signatureMethod", hint: true }),
    signatureSecret: field(optionalText(secret), {
      control: "password",
      words: "signatureSecret",
      hint: true,
      secret: true,
      maxLength: 128,
    }),
    baseUrl: field(baseUrl, {
      control: "text",
      words: "baseUrl",
      hint: true,
      placeholder: VONAGE_URL,
      inputMode: "url",
      maxLength: 512,
      autoComplete: "off",
      advanced: true,
    }),
  }),
  configVersion: 1,
  bound: ["apiKey", "baseUrl"],
  describe: (config) => `${new URL(config.baseUrl ?? VONAGE_URL).host} · ${config.apiKey}`,
  check: (config, options) => climb(rungs(config, options), options.signal),
  open: (config, reach) => ({ sendText: (text) => send(config, reach, text), close: () => {} }),
  numbers: vonageNumbers,
});

async function send(config: VonageConfig, reach: Reach, text: SenderText, signal?: AbortSignal): Promise<DeliveryResult> {
  const form = {
    // This one call is documented with the credentials in its body.
    api_key: config.apiKey,
    api_secret: config.apiSecret,
    from: toVonage(text.from),
    to: toVonage(text.to),
    text: text.text,
    type: measureSms(text.text).encoding === "gsm7" ? "text" : "unicode",
    "client-ref": (text.reference.split("@")[0] ?? "").slice(0, MAX_REFERENCE),
  };
  const answer = await callVonage(config, reach, { path: "/sms/json", form, signal });
  if (!answer.ok) return judgeLost(answer);
  if (answer.status < 200 || answer.status > 299) return { ...judgeStatus(answer.status), httpStatus: answer.status };
  const said = readAnswer(submission, answer.body);
  // Its refusals come with 200 as well: words that nobody understands are no acceptance.
  return said ? judgeVonage(said.messages) : { outcome: "unknown", reason: "unknown_outcome" };
}

function rungs(config: VonageConfig, options: CheckOptions): Rung[] {
  const { reach, from, to } = options;
  const list = (signal: AbortSignal) => callVonage(config, reach, { path: "/account/numbers", query: { size: "1" }, signal });
  const climbed: Rung[] = ask(list, ({ status, body }) => {
    return status === 200 && readAnswer(numberList, body) ? { result: "ok" } : unexpected(status);
  });
  if (from) climbed.push({ id: "mail_from", climb: (signal) => checkOwner(config, reach, from, signal) });
  if (options.send && from && to) climbed.push(sendTest({ from, to }, (text, signal) => send(config, reach, text, signal)));
  return climbed;
}

/** A name cannot be asked for: whether it may send is up to the country that it sends to. */
async function checkOwner(config: VonageConfig, reach: Reach, from: string, signal: AbortSignal): Promise<Outcome> {
  const facts = { from };
  if (/[^\d+]/.test(from)) return { result: "skipped", facts };
  const query = { pattern: toVonage(from), search_pattern: "0" };
  const answer = await callVonage(config, reach, { path: "/account/numbers", query, signal });
  if (!answer.ok) return lost(answer);
  const found = answer.status === 200 ? readAnswer(numberList, answer.body) : undefined;
  if (!found) return unexpected(answer.status);
  return found.numbers.some(({ msisdn }) => msisdn === toVonage(from))
    ? { result: "ok", facts }
    : { ...failure("number_not_owned"), facts };
}
