import { z } from "zod";
import { isCountry } from "@/lib/core/countries";
import { type EmailAddress, parseEmailAddress } from "@/lib/core/email-address";
import { singleLineText } from "@/lib/core/safe-text";
import { LOCALES } from "@/lib/i18n/locales";

export const personName = singleLineText({ max: 100 });
export const institutionName = singleLineText({ max: 100 });
export const locale = z.enum(LOCALES);
export const country = z.string().refine(isCountry);
/** Bounded before anything is computed with it; the rules for a new one are judged apart. */
export const password = z.string().min(1).max(1024);

/** An address as the parser takes it apart: `canonical` is sent to, `comparisonKey` is who it is. */
export const emailAddress = z.string().transform((text, ctx): EmailAddress => {
  const parsed = parseEmailAddress(text);
  if (parsed.ok) {
    return parsed.value;
  }
  ctx.issues.push({ code: "custom", input: text, params: { reason: `email_${parsed.reason}` } });
  return z.NEVER;
});
