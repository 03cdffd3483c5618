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
  const subscriber = await tx.subscriber.findUniqueOrThrow({
    where: { institutionId_id: { institutionId, id: subscriberId } },
    select: { userId: true, locale: true, institution: { select: { name: true, defaultLocale: true } } },
  });
  if (subscriber.userId) {
    await tx.inboxItem.createMany({
      data: [
        {
          institutionId,
          id: newId(),
          subscriberId,
          kind: `notice_${event}`,
          data: { type: contactPoint.type, address: maskedAddress, label: contactPoint.label },
          contactPointId: event === "deleted" ? null : contactPoint.id,
        },
      ],
    });
  }
  const [other] = await tx.$queryRaw<Array<{ id: string; type: string; address: string; address_version: number }>>`
    SELECT id, type, address, address_version FROM contact_point
     WHERE institution_id = ${institutionId}::uuid AND subscriber_id = ${subscriberId}::uuid AND type IN ('email', 'sms')
       AND (id <> ${contactPoint.id}::uuid OR ${includeItself})
       AND verified_at IS NOT NULL AND enabled AND undeliverable_at IS NULL AND deleted_at IS NULL
       AND (paused_until IS NULL OR paused_until <= now())
     ORDER BY (id = ${contactPoint.id}::uuid) DESC, type, verified_at LIMIT 1`;
  if (!other) {
    return;
  }
  await enqueueMessage(tx, {
    institutionId,
    kind: "notice",
    type: other.type,
    maskedAddress: requireContactPointType(other.type).mask(other.address),
    locale: subscriber.locale ?? subscriber.institution.defaultLocale,
    contactPointId: other.id,
    addressVersion: other.address_version,
    subscriberId,
    payload: {
      kind: "notice",
      to: other.address,
      institutionName: subscriber.institution.name,
      event,
      contactPointType: contactPoint.type as "email" | "sms" | "in_app",
      maskedAddress,
      at: new Date().toISOString(),
    },
  });
}
