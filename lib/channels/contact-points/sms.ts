import { z } from "zod";
import { defineContactPointType, field } from "@/lib/channels/define";
import { maskPhone, parsePhoneNumber } from "@/lib/core/phone-number";
import { textFor } from "@/lib/delivery/render-payload";

/** Lines that can receive texts (R30); the rest answer, cost or ring somewhere else. */
const ACCEPTED_LINES = new Set(["MOBILE", "FIXED_LINE_OR_MOBILE"]);

// Programs send E.164; the form sends what was typed and the country that was picked.
const phoneNumber = z.union([z.string(), z.strictObject({ number: z.string(), country: z.string().max(2) })]).transform((input, ctx) => {
  const { number, country } = typeof input === "string" ? { number: input, country: undefined } : input;
  const result = parsePhoneNumber(number, country || undefined);
  if (!result.ok) {
    ctx.addIssue({ code: "custom", params: { reason: `phone_${result.reason}` } });
    return z.NEVER;
  }
  if (result.value.type !== undefined && !ACCEPTED_LINES.has(result.value.type)) {
    ctx.addIssue({ code: "custom", params: { reason: "phone_line_type" } });
    return z.NEVER;
  }
  return result.value.e164;
});

export const sms = defineContactPointType({
  id: "sms",
  icon: "phone",
  config: z.strictObject({
    phone_number: field(phoneNumber, { control: "phone", words: "phone", autoComplete: "tel", inputMode: "tel", maxLength: 64 }),
  }),
  configVersion: 1,
  address: (config) => config.phone_number,
  countingKey: (address) => address,
  display: (address) => {
    const parsed = parsePhoneNumber(address);
    return parsed.ok ? parsed.value.international : address;
  },
  mask: maskPhone,
  toForm: (config) => ({ phone_number: config.phone_number }),
  verification: { kind: "code", ttlSec: (limits) => limits.codeTtlSec },
  single: false,
  deliver: async (io, outgoing) => {
    const text = textFor(outgoing.payload, outgoing.locale);
    return text === null
      ? { outcome: "refused", reason: "rejected" }
      : io.sendText({ to: outgoing.payload.to, text, reference: outgoing.reference });
  },
});
