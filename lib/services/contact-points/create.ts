import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { contactPointType } from "@/lib/channels/registry";
import { AppError, fieldError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import type { ContactPoint } from "@/lib/db/generated/client";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import {
  addressTaken,
  CONTACT_POINT_ROW,
  idSchema,
  labelSchema,
  parseConfig,
  plainConfig,
  snapshot,
  subscriberFor,
} from "@/lib/services/contact-points/internal";
import { requireHuman } from "@/lib/services/limits/require-human";
import { notifyOthers } from "@/lib/services/notices/notify-others";
import { refuseForbiddenCountry } from "@/lib/services/sms-spending/forbidden-country";
import { countSend } from "@/lib/services/verifications/count-send";
import { issueVerification } from "@/lib/services/verifications/issue";

export const CreateContactPointInput = z.strictObject({
  type: z.string().max(64),
  label: labelSchema,
  config: z.unknown(),
  subscriberId: idSchema.optional(),
  /** Sends the first verification message at once, as the console's form does. */
  verify: z.boolean().default(false),
});

/** Adds a contact point: unverified always, switched on as its owner's wish (R18). */
export async function createContactPoint(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const input = parseInput(CreateContactPointInput, raw);
  const { actor, subscriberId } = subscriberFor(ctx, input.subscriberId);
  const type = contactPointType(input.type);
  if (!type) {
    throw fieldError("type", "invalid");
  }
  const config = parseConfig(type, input.config);
  const address = type.address(config, { subscriberId });
  await requireHuman(ctx, "add");
  await refuseForbiddenCountry(actor.institutionId, type, address);
  const id = newId();
  const sending = input.verify ? await countSend(ctx, { contactPointId: id, type, address }) : null;

  try {
    return await inInstitution(actor.institutionId, async (tx) => {
      const max = env().limits.contactPointsPerSubscriber;
      // Additions to one subscriber wait for each other, so that the limit holds under parallel requests (R34). Two
      // statements, sent together: the one that waits for the lock would count what it saw before.
      const [locked, [held]] = await Promise.all([
        tx.$queryRaw<unknown[]>`
          SELECT id FROM subscriber WHERE institution_id = ${actor.institutionId}::uuid AND id = ${subscriberId}::uuid FOR NO KEY UPDATE`,
        tx.$queryRaw<Array<{ count: number }>>`
          SELECT count(*)::int AS count FROM (
            SELECT 1 FROM contact_point
             WHERE institution_id = ${actor.institutionId}::uuid AND subscriber_id = ${subscriberId}::uuid AND deleted_at IS NULL LIMIT ${max}) few`,
      ]);
      if (locked.length === 0) {
        throw notFound();
      }
      if (!held || held.count >= max) {
        throw new AppError("limit_exceeded", { reason: "contactPointLimit", params: { max } });
      }
      const plain = JSON.stringify(plainConfig(type, config));
      const [row] = await tx.$queryRaw<ContactPoint[]>`
        INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, config_version, address)
        VALUES (${actor.institutionId}::uuid, ${id}::uuid, ${subscriberId}::uuid, ${type.id}, ${input.label}, ${plain}::jsonb, ${type.configVersion}, ${address})
        RETURNING ${CONTACT_POINT_ROW}`;
      if (!row) {
        throw new Error("the contact point was not written");
      }
      await Promise.all([
        audit(tx, actor.institutionId, ctx, {
          action: "contact_point.created",
          object: { type: "contact_point", id },
          subscriberId,
          after: snapshot(row),
        }),
        notifyOthers(tx, { contactPoint: row, event: "added" }),
      ]);
      if (sending) {
        await tx.$executeRaw`
          UPDATE contact_point SET send_step = 1, next_send_at = now() + make_interval(secs => ${env().limits.resendLadderSec[0] ?? 60})
           WHERE institution_id = ${actor.institutionId}::uuid AND id = ${id}::uuid`;
        await issueVerification(tx, ctx, { contactPoint: row, ...sending });
      }
      return toContactPointDto(row, actor);
    });
  } catch (error) {
    throw violatedConstraint(error) === "contact_point_address_key" ? addressTaken(type) : error;
  }
}
