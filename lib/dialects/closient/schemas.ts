import { z } from "zod";
import { singleLineText } from "@/lib/core/safe-text";

export const CHANNEL_TYPES = ["email", "sms", "in_app"] as const;
const label = singleLineText({ max: 100 });

export const CreateChannel = z.object({
  channel_type: z.enum(CHANNEL_TYPES).meta({ description: "Which keys `config` must have." }),
  label: label.meta({ description: "Tells channels of one type apart.", example: "Work Email" }),
  config: z
    .object({
      email: z.string().optional().meta({ description: "Of an `email` channel: an RFC 5322 address.", example: "name@example.com" }),
      phone_number: z.string().optional().meta({ description: "Of an `sms` channel: E.164.", example: "+819012345678" }),
    })
    .optional()
    .meta({ description: "An `in_app` channel needs none." }),
});

export const UpdateChannel = z.object({
  enabled: z.boolean().nullish().meta({ description: "null or left out: as it was." }),
  label: label.nullish(),
});

export const ConfirmChannel = z.object({
  code: z.string().min(1).max(64).meta({ description: "The code that was sent to the channel.", example: "012345" }),
});

export const Channel = z.object({
  id: z.uuidv4(),
  channel_type: z.enum(CHANNEL_TYPES),
  label: z.string(),
  verified: z.boolean(),
  enabled: z.boolean().meta({ description: "false while it is switched off or paused." }),
});
