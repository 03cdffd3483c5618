import type { z } from "zod";
import type { CreateChannel, ListChannels, UpdateChannel } from "@/lib/dialects/votel/schemas";

/** Our names of what this API calls otherwise, for refusals. */
export const NAMES = {
  type: "channel_type",
  integrationId: "integration_id",
  fromAddress: "send_from_email",
  emailDomainId: "email_domain_id",
  fromNumber: "send_from_phone_number",
  phoneNumberId: "phone_number_id",
  isDefault: "is_default",
  after: "cursor",
};

export function toNewSender(body: z.output<typeof CreateChannel>) {
  const { name, integration_id: integrationId, is_default: isDefault, metadata } = body;
  const common = { name, integrationId, isDefault, metadata };
  return body.channel_type === "email"
    ? { type: "email" as const, ...common, fromAddress: body.send_from_email, emailDomainId: body.email_domain_id }
    : { type: "sms" as const, ...common, fromNumber: body.send_from_phone_number, phoneNumberId: body.phone_number_id };
}

/** What an SMS channel does not have has no effect on one. */
export function toChange(type: "email" | "sms", body: z.output<typeof UpdateChannel>) {
  return without({
    name: body.name,
    isDefault: body.is_default,
    metadata: body.metadata,
    ...(type === "email" ? { fromAddress: body.send_from_email, emailDomainId: body.email_domain_id } : {}),
  });
}

export function toPage({ channel_type: type, limit, cursor: after }: z.output<typeof ListChannels>) {
  return without({ type, limit, after });
}

function without(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
