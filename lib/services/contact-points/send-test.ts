import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { requireContactPointType } from "@/lib/channels/registry";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import { isDeliverable } from "@/lib/services/contact-points/dto";
import { ContactPointRef, lockContactPoint } from "@/lib/services/contact-points/internal";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { countPrefix } from "@/lib/services/sms-spending/count-prefix";

/** Sends a test to a deliverable contact point, once a minute. Returns the message to follow. */
export async function sendTest(ctx: Context, raw: unknown): Promise<{ messageId: string }> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const row = await lockContactPoint(tx, actor, contactPointId);
    if (!isDeliverable(row, new Date())) {
      throw new AppError("precondition_failed", { reason: row.verifiedAt ? "notDeliverable" : "notVerified" });
    }
    const { windowSec } = env().limits.testsPerContactPoint;
    const [wait] = await tx.$queryRaw<Array<{ sec: number | null }>>`
      SELECT ceil(extract(epoch FROM max(created_at) + make_interval(secs => ${windowSec}) - now()))::int AS sec FROM message
       WHERE institution_id = ${actor.institutionId}::uuid AND contact_point_id = ${contactPointId}::uuid AND kind = 'test'
         AND created_at > now() - make_interval(secs => ${windowSec})`;
    if (wait?.sec) {
      throw new AppError("rate_limited", { reason: "testTooSoon", retryAfterSec: wait.sec });
    }
    const type = requireContactPointType(row.type);
    const own = actor.subscriberId === row.subscriberId;
    const [institution, subscriber] = [
      await tx.institution.findUniqueOrThrow({ where: { id: actor.institutionId } }),
      await tx.subscriber.findUniqueOrThrow({ where: { institutionId_id: { institutionId: actor.institutionId, id: row.subscriberId } } }),
    ];
    const held = row.type === "sms" ? await countPrefix(actor.institutionId, row.address, tx) : {};
    const messageId = await enqueueMessage(tx, {
      ...held,
      institutionId: actor.institutionId,
      kind: "test",
      type: row.type,
      maskedAddress: type.mask(row.address),
      locale: own ? ctx.request.locale : (subscriber.locale ?? institution.defaultLocale),
      contactPointId,
      addressVersion: row.addressVersion,
      subscriberId: row.subscriberId,
      ttlSec: 3600,
      payload: { kind: "test", to: row.address, institutionName: institution.name, label: row.label, at: new Date().toISOString() },
    });
    await audit(tx, actor.institutionId, ctx, {
      action: "contact_point.tested",
      object: { type: "contact_point", id: contactPointId },
      subscriberId: row.subscriberId,
    });
    return { messageId };
  });
}
