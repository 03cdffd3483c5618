import { z } from "zod";
import { defineContactPointType, field } from "@/lib/channels/define";
import { maskEmail, parseEmailAddress } from "@/lib/core/email-address";
import { mailFor } from "@/lib/delivery/render-payload";

const emailAddress = z.string().transform((input, ctx) => {
  const result = parseEmailAddress(input);
  if (!result.ok) {
    ctx.addIssue({ code: "custom", params: { reason: `email_${result.reason}` } });
    return z.NEVER;
  }
  return result.value.canonical;
});

export const email = defineContactPointType({
  id: "email",
  icon: "mail",
  config: z.strictObject({
    email: field(emailAddress, {
      control: "email",
      words: "email",
      placeholder: "name@example.com",
      autoComplete: "email",
      inputMode: "email",
      maxLength: 254,
    }),
  }),
  configVersion: 1,
  address: (config) => config.email,
  countingKey: (address) => {
    const parsed = parseEmailAddress(address);
    return parsed.ok ? parsed.value.comparisonKey : address;
  },
  display: (address) => {
    // only what is spelt in A-labels reads differently, and lists show many
    if (!address.includes("xn--")) return address;
    const parsed = parseEmailAddress(address);
    return parsed.ok ? parsed.value.display : address;
  },
  mask: maskEmail,
  toForm: (config) => ({ email: config.email }),
  verification: { kind: "link_and_code", ttlSec: (limits) => limits.linkTtlSec },
  single: false,
  deliver: async (io, outgoing) => {
    const content = mailFor(outgoing.payload, outgoing.locale);
    return io.sendMail({
      to: outgoing.payload.to,
      subject: content.subject,
      html: content.html,
      text: content.text,
      messageId: outgoing.reference,
      senderName: outgoing.payload.institutionName,
      language: outgoing.locale,
    });
  },
});
