import type { Context } from "@/lib/auth/actor";
import { listContactPoints } from "@/lib/services/contact-points/list";

/** Whether a test may end with a message: it goes to the person's own verified address and to nobody else. */
export async function canSendToSelf(ctx: Context, channel: "email" | "sms"): Promise<boolean> {
  const { items } = await listContactPoints(ctx, { type: channel, limit: 100 });
  return items.some((point) => point.verified && point.undeliverableReason === null);
}
