import { z } from "zod";
import { singleLineText } from "@/lib/core/safe-text";

export const CHANNEL_TYPES = ["email", "sms"] as const;
const id = z.uuid().toLowerCase();
const name = singleLineText({ max: 255 });
const metadata = z.record(z.string(), z.json()).meta({ description: "An object of at most 16 KiB." });

const common = {
  name: name.meta({ example: "Support Email" }),
  integration_id: id.meta({ description: "The account that it sends through; one of the channel's own kind." }),
  is_default: z.boolean().default(false),
  metadata: metadata.default({}),
};

export const CreateChannel = z.discriminatedUnion("channel_type", [
  z.object({
    channel_type: z.literal("email"),
    ...common,
    send_from_email: z.string().meta({ description: "In the email domain.", example: "support@example.com" }),
    email_domain_id: id,
  }),
  z.object({
    channel_type: z.literal("sms"),
    ...common,
    send_from_phone_number: z.string().meta({ description: "The number of `phone_number_id`, E.164.", example: "+15551234567" }),
    phone_number_id: id,
  }),
]);

export const UpdateChannel = z.object({
  name: name.optional(),
  is_default: z.boolean().optional(),
  metadata: metadata.optional(),
  send_from_email: z.string().optional().meta({ description: "Of an email channel: another address in its domain." }),
  email_domain_id: id.optional(),
});

export const ListChannels = z.object({
  channel_type: z.enum(CHANNEL_TYPES).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(512).optional().meta({ description: "From the `Link` header of the page before." }),
});

const shown = { id: z.uuid(), tenant_id: z.uuid(), name: z.string() };
const rest = {
  status: z.enum(["available", "pending", "disabled", "error"]),
  is_default: z.boolean(),
  metadata: z.record(z.string(), z.json()),
  created_at: z.iso.datetime(),
};

export const Channel = z.discriminatedUnion("channel_type", [
  z.object({
    ...shown,
    channel_type: z.literal("email"),
    integration_id: z.uuid(),
    send_from_email: z.string(),
    email_domain_id: z.uuid().nullable().meta({ description: "null where no email domain of the tenant holds the address." }),
    ...rest,
  }),
  z.object({
    ...shown,
    channel_type: z.literal("sms"),
    integration_id: z.uuid(),
    send_from_phone_number: z.string(),
    phone_number_id: z.uuid().nullable().meta({ description: "null where the sender was not made with a number of the tenant's." }),
    ...rest,
  }),
]);
