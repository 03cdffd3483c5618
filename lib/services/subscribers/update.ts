import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { SUBSCRIBER_SELECT, type SubscriberDto, type SubscriberRow, toSubscriberDto } from "@/lib/services/subscribers/dto";
import {
  externalIdSchema,
  localeSchema,
  lockSubscriber,
  nameSchema,
  refuseAccountId,
  snapshot,
  subscriberId,
  takenOr,
} from "@/lib/services/subscribers/internal";

export const UpdateSubscriberInput = z.strictObject({
  subscriberId,
  externalId: externalIdSchema.optional(),
  name: nameSchema.optional(),
  locale: localeSchema.optional(),
});

/** What is left out stays. Whoever has an account keeps their name and language themselves. */
export async function updateSubscriber(ctx: Context, raw: unknown): Promise<SubscriberDto> {
  const actor = requirePermission(ctx, "subscriber:write");
  const input = parseInput(UpdateSubscriberInput, raw);
  const { institutionId } = actor;
  try {
    return await inInstitution(institutionId, async (tx) => {
      const before = await lockSubscriber(tx, institutionId, input.subscriberId);
      const { externalId = before.externalId, name = before.name, locale = before.locale } = input;
      const changed = changedOf(before, { externalId, name, locale });
      if (changed.length === 0) {
        return toSubscriberDto(before);
      }
      if (before.userId !== null) {
        throw new AppError("precondition_failed", { reason: "subscriberHasAccount" });
      }
      if (externalId !== before.externalId) {
        await refuseAccountId(tx, externalId);
      }
      const after = await tx.subscriber.update({
        where: { institutionId_id: { institutionId, id: before.id } },
        data: { externalId, name, locale, updatedAt: new Date() },
        select: SUBSCRIBER_SELECT,
      });
      await audit(tx, institutionId, ctx, {
        action: "subscriber.updated",
        object: { type: "subscriber", id: before.id },
        subscriberId: before.id,
        before: snapshot(before),
        after: { ...snapshot(after), changed },
      });
      return toSubscriberDto(after);
    });
  } catch (error) {
    throw takenOr(error);
  }
}

type Fields = Pick<SubscriberRow, "externalId" | "name" | "locale">;

function changedOf(before: Fields, after: Fields): string[] {
  return (["externalId", "name", "locale"] as const).filter((field) => before[field] !== after[field]);
}
