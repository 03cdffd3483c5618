import { z } from "zod";

const blob = z.record(z.string(), z.unknown());
const time = z.iso.datetime().meta({ example: "2019-08-24T14:15:22Z" });

export const AddSubscription = z.object({
  identifier: z.string().meta({
    description: "The dedup key. For web push, the endpoint.",
    example: "https://fcm.googleapis.com/fcm/send/dAPq1...",
  }),
  settings: blob.meta({
    description:
      "Judged by the channel's type. Web push: `endpoint`, `p256dh`, `auth`. Chat: one of `channel_id`, `user_id`, `webhook_url`.",
  }),
});

export const RemoveSubscription = z.object({ identifier: z.string() });

export const PutSettings = z.object({ settings: blob.meta({ description: "Replaces what was kept." }) });

export const Subscription = z.object({
  id: z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/),
  channel_id: z.guid(),
  identifier: z.string(),
  settings: blob.meta({ description: "Without secrets, each of which is shown as `******`." }),
  created_at: time,
  updated_at: time,
});

export const SubscriptionList = z.object({ items: z.array(Subscription) });

export const ChannelSettings = z.object({
  channel_id: z.guid(),
  user_id: z.guid(),
  settings: blob,
  created_at: time,
  updated_at: time,
});

export const ErrorBody = z.object({
  error: z.object({
    type: z.string().regex(/^https:/),
    code: z.string(),
    message: z.string(),
    status: z.int(),
    request_id: z.string(),
    details: z.object({
      auth: z.enum(["api_key", "user_key"]).optional(),
      fields: z.array(z.object({ field: z.string(), message: z.string(), reason: z.string() })).optional(),
      id: z.string().optional(),
      idempotency_key: z.string().optional(),
      limit: z.int().optional(),
      param: z.string().optional(),
      reason: z.string().optional(),
      required_scope: z.string().optional(),
      resource: z.string().optional(),
      retry_after: z.int().optional(),
      window: z.string().optional(),
    }),
  }),
});
