import { requireContactPointType } from "@/lib/channels/registry";
import { newId } from "@/lib/core/ids";
import type { ContactPoint } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import type { NoticeEvent } from "@/lib/delivery/payload";
import { enqueueMessage } from "@/lib/services/messages/enqueue";

interface Notice {
  contactPoint: ContactPoint;
  event: NoticeEvent;
  /** A change is told to the address that is about to be replaced, too. */
  includeItself?: boolean;
}

/**
 * R20: tells the person, elsewhere than at the address concerned, that one was added, changed,
 * verified or deleted: a line in their inbox, and a message to one other verified contact point.
 */
export async function notifyOthers(tx: Tx, { contactPoint, event, includeItself = false }: Notice): Promise<void> {
  const { institutionId, subscriberId } = contactPoint;
  const concerned = requireContactPointType(contactPoint.type);
  const maskedAddress = concerned.mask(contactPoint.address);
  const [[person], [other]] = await Promise.all([
    tx.$queryRaw<Array<{ user_id: string | null; locale: string; institution: string }>>`
      SELECT s.user_id, coalesce(s.locale, i.default_locale) AS locale, i.name AS institution
        FROM subscriber s JOIN institution i ON i.id = s.institution_id
       WHERE s.institution_id = ${institutionId}::uuid AND s.id = ${subscriberId}::uuid`,
    tx.$queryRaw<Array<{ id: string; type: string; address: string; address_version: number }>>`
      SELECT id, type, address, address_version FROM contact_point
       WHERE institution_id = ${institutionId}::uuid AND subscriber_id = ${subscriberId}::uuid AND type IN ('email', 'sms')
         AND (id <> ${contactPoint.id}::uuid OR ${includeItself})
         AND verified_at IS NOT NULL AND enabled AND undeliverable_at IS NULL AND deleted_at IS NULL
         AND (paused_until IS NULL OR paused_until <= now())
       ORDER BY (id = ${contactPoint.id}::uuid) DESC, type, verified_at LIMIT 1`,
  ]);
  if (person?.user_id) {
    const data = { type: contactPoint.type, address: maskedAddress, label: contactPoint.label };
    await tx.$executeRaw`
      INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data, contact_point_id)
      VALUES (${institutionId}::uuid, ${newId()}::uuid, ${subscriberId}::uuid, ${`notice_${event}`}, ${JSON.stringify(data)}::jsonb,
              ${event === "deleted" ? null : contactPoint.id}::uuid)`;
  }
  if (!person || !other) {
    return;
  }
  await enqueueMessage(tx, {
    institutionId,
    kind: "notice",
    type: other.type,
    maskedAddress: requireContactPointType(other.type).mask(other.address),
    locale: person.locale,
    contactPointId: other.id,
    addressVersion: other.address_version,
    subscriberId,
    payload: {
      kind: "notice",
      to: other.address,
      institutionName: person.institution,
      event,
      contactPointType: contactPoint.type as "email" | "sms" | "in_app",
      maskedAddress,
      at: new Date().toISOString(),
    },
  });
}
