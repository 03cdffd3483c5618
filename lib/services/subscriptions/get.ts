import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { findSubscription, type SubscriptionDto, toSubscriptionDto } from "@/lib/services/subscriptions/dto";
import { SubscriptionRef } from "@/lib/services/subscriptions/fields";

export async function getSubscription(ctx: Context, raw: unknown): Promise<SubscriptionDto> {
  const { institutionId } = requirePermission(ctx, "subscription:read");
  const { subscriptionId } = parseInput(SubscriptionRef, raw);
  const row = await inInstitution(institutionId, (tx) => findSubscription(tx, institutionId, subscriptionId));
  if (!row) {
    throw notFound();
  }
  return toSubscriptionDto(row);
}
