import { z } from "zod";
import { isId } from "@/lib/core/ids";
import { E164, parsePhoneNumber } from "@/lib/core/phone-number";
import { singleLineText } from "@/lib/core/safe-text";
import { emailAddress } from "@/lib/services/people/fields";

export const idSchema = z.string().refine(isId, { params: { reason: "invalid" } });
export const SenderRef = z.strictObject({ senderId: idSchema });

/** R38. An empty remark, host or name of a sender is none. */
const optionalLine = (max: number) =>
  singleLineText({ max, min: 0 })
    .transform((text) => (text === "" ? null : text))
    .nullable();

/** A name that the provider allows instead of a number, as GSM has it. */
const ALPHANUMERIC = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

/** R39: a sender's own number need only be possible. */
const fromNumber = z
  .string()
  .max(64)
  .transform((typed, ctx): string => {
    const parsed = parsePhoneNumber(typed);
    const tight = typed.trim().replace(/[\s().-]/g, "");
    if (parsed.ok || E164.test(tight)) {
      return parsed.ok ? parsed.value.e164 : tight;
    }
    if (ALPHANUMERIC.test(typed.trim())) {
      return typed.trim();
    }
    ctx.issues.push({ code: "custom", input: typed, params: { reason: `phone_${parsed.reason}` } });
    return z.NEVER;
  });

const metadata = z
  .record(z.string().regex(/^[\w.-]{1,64}$/), singleLineText({ max: 512, min: 0 }))
  .refine((record) => Object.keys(record).length <= 50, { params: { reason: "invalid" } });

/** What a sender says of itself, beside the account that it stands on. */
export const senderFields = {
  name: singleLineText({ max: 255 }),
  remark: optionalLine(255),
  host: optionalLine(512),
  fromAddress: emailAddress.transform((parsed) => parsed.canonical),
  fromName: optionalLine(255),
  fromNumber,
  ratePerMinute: z.number().int().min(1).max(100_000).nullable(),
  metadata,
};

export const integrationName = singleLineText({ max: 255 });
export const providerId = z.string().regex(/^\w{1,64}$/);
