import { requireContactPointType } from "@/lib/channels/registry";
import { newId } from "@/lib/core/ids";
import type { ContactPoint } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import type { NoticeEvent } from "@/lib/delivery/payload";
import { enqueueMessage } from "@/lib/services/messages/enqueue";

interface Notice {
  contactPoint: Pick<ContactPoint, "institutionId" | "id" | "subscriberId" | "type" | "label" | "address">;
  event: NoticeEvent;
  /** A change is told to the address that is about to be replaced, too. */
  includeItself?: boolean;
}

interface Other {
  id: string;
  type: string;
  address: string;
  address_version: number;
  locale: string;
  institution: string;
}

/**
 * R20: tells the person, elsewhere than at the address concerned, that one was added, changed,
 * verified or deleted: a line in their inbox, and a message to one other verified contact point.
 */
export async function notifyOthers(tx: Tx, { contactPoint, event, includeItself = false }: Notice): Promise<void> {
  const { institutionId, subscriberId } = contactPoint;
  const concerned = requireContactPointType(contactPoint.type);
  const maskedAddress = concerned.mask(contactPoint.address);
  const data = { type: contactPoint.type, address: maskedAddress, label: contactPoint.label };
  const [, [other]] = await Promise.all([
    tx.$executeRaw`
      INSERT INTO inbox_item (institution_id, id, subscriber_id, kind, data, contact_point_id)
      SELECT institution_id, ${newId()}::uuid, id, ${`notice_${event}`}, ${JSON.stringify(data)}::jsonb,
             ${event === "deleted" ? null : contactPoint.id}::uuid
        FROM subscriber WHERE institution_id = ${institutionId}::uuid AND id = ${subscriberId}::uuid AND user_id IS NOT NULL`,
    tx.$queryRaw<Other[]>`
      SELECT c.id, c.type, c.address, c.address_version, coalesce(s.locale, i.default_locale) AS locale, i.name AS institution
        FROM contact_point c
        JOIN subscriber s ON s.institution_id = c.institution_id AND s.id = c.subscriber_id
        JOIN institution i ON i.id = c.institution_id
       WHERE c.institution_id = ${institutionId}::uuid AND c.subscriber_id = ${subscriberId}::uuid AND c.type IN ('email', 'sms')
         AND (c.id <> ${contactPoint.id}::uuid OR ${includeItself})
         AND c.verified_at IS NOT NULL AND c.enabled AND c.undeliverable_at IS NULL AND c.deleted_at IS NULL
         AND (c.paused_until IS NULL OR c.paused_until <= now())
       ORDER BY (c.id = ${contactPoint.id}::uuid) DESC, c.type, c.verified_at LIMIT 1`,
  ]);
  if (!other) {
    return;
  }
  await enqueueMessage(tx, {
    institutionId,
    kind: "notice",
    type: other.type,
    maskedAddress: requireContactPointType(other.type).mask(other.address),
    locale: other.locale,
    contactPointId: other.id,
    addressVersion: other.address_version,
    subscriberId,
    payload: {
      kind: "notice",
      to: other.address,
      institutionName: other.institution,
      event,
      contactPointType: contactPoint.type as "email" | "sms" | "in_app",
      maskedAddress,
      at: new Date().toISOString(),
    },
  });
}
