import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type SubscriberDto, toSubscriberDto } from "@/lib/services/subscribers/dto";
import { findSubscriber, SubscriberRef } from "@/lib/services/subscribers/internal";

export async function getSubscriber(ctx: Context, raw: unknown): Promise<SubscriberDto> {
  const actor = requirePermission(ctx, "subscriber:read");
  const { subscriberId } = parseInput(SubscriberRef, raw);
  return inInstitution(actor.institutionId, async (tx) => toSubscriberDto(await findSubscriber(tx, actor.institutionId, subscriberId)));
}
