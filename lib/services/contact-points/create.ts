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
      const draft = { institutionId: actor.institutionId, id, subscriberId, type: type.id, label: input.label, address };
      const plain = JSON.stringify(plainConfig(type, config));
      // Sent together: whoever adds to the same subscriber waits for the first, and what nobody may keep is rolled back.
      // Additions wait for each other so that the limit holds under parallel requests (R34); a count within the statement
      // that waits would not see what was added meanwhile.
      const adding = Promise.all([
        tx.$queryRaw<unknown[]>`
        SELECT id FROM subscriber WHERE institution_id = ${actor.institutionId}::uuid AND id = ${subscriberId}::uuid FOR NO KEY UPDATE`,
        tx.$queryRaw<ContactPoint[]>`
        INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, config_version, address)
        SELECT s.institution_id, ${id}::uuid, s.id, ${type.id}, ${input.label}, ${plain}::jsonb, ${type.configVersion}, ${address}
          FROM subscriber s
         WHERE s.institution_id = ${actor.institutionId}::uuid AND s.id = ${subscriberId}::uuid
           AND (SELECT count(*) FROM (
                  SELECT 1 FROM contact_point c
                   WHERE c.institution_id = ${actor.institutionId}::uuid AND c.subscriber_id = ${subscriberId}::uuid
                     AND c.deleted_at IS NULL LIMIT ${max}) few) < ${max}
        RETURNING ${CONTACT_POINT_ROW}`,
      ]);
      const telling = Promise.all([
        audit(tx, actor.institutionId, ctx, {
          action: "contact_point.created",
          object: { type: "contact_point", id },
          subscriberId,
          after: snapshot({ ...draft, enabled: true, verifiedAt: null, pausedUntil: null }),
        }),
        notifyOthers(tx, { contactPoint: draft, event: "added" }),
      ]);
      telling.catch(() => undefined);
      const [locked, [row]] = await adding;
      if (locked.length === 0) {
        throw notFound();
      }
      if (!row) {
        throw new AppError("limit_exceeded", { reason: "contactPointLimit", params: { max } });
      }
      await telling;
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
