import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { SUBSCRIBER_SELECT, type SubscriberDto, toSubscriberDto } from "@/lib/services/subscribers/dto";
import { externalIdSchema, localeSchema, nameSchema, refuseAccountId, snapshot, takenOr } from "@/lib/services/subscribers/internal";

export const CreateSubscriberInput = z.strictObject({
  externalId: externalIdSchema,
  name: nameSchema.default(null),
  locale: localeSchema.default(null),
});

/** Adds a subscriber by the id under which another system knows them. */
export async function createSubscriber(ctx: Context, raw: unknown): Promise<SubscriberDto> {
  const actor = requirePermission(ctx, "subscriber:write");
  const input = parseInput(CreateSubscriberInput, raw);
  const { institutionId } = actor;
  try {
    return await inInstitution(institutionId, async (tx) => {
      await refuseAccountId(tx, input.externalId);
      const row = await tx.subscriber.create({ data: { institutionId, id: newId(), ...input }, select: SUBSCRIBER_SELECT });
      await audit(tx, institutionId, ctx, {
        action: "subscriber.created",
        object: { type: "subscriber", id: row.id },
        subscriberId: row.id,
        after: snapshot(row),
      });
      return toSubscriberDto(row);
    });
  } catch (error) {
    throw takenOr(error);
  }
}
