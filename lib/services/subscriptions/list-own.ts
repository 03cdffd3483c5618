import type { Context } from "@/lib/auth/actor";
import { requireSubscriber } from "@/lib/auth/permissions";
import { subscriptionType } from "@/lib/channels/subscriptions/registry";
import { parseInput } from "@/lib/core/parse-input";
import { onceInInstitution } from "@/lib/db/unit-of-work";
import { type OwnRow, type OwnSubscriptionDto, toOwnSubscriptionDto } from "@/lib/services/subscriptions/dto";
import { OwnChannelRef } from "@/lib/services/subscriptions/fields";
import { missing } from "@/lib/services/subscriptions/internal";

interface Row extends Omit<OwnRow, "id"> {
  /** null: the channel is there, and has nothing of theirs. */
  id: string | null;
}

/** What reaches the person who asks on one channel, the newest first; their limit keeps it short. What was disabled reaches nobody. */
export async function listOwnSubscriptions(ctx: Context, raw: unknown): Promise<OwnSubscriptionDto[]> {
  const { institutionId, externalId } = requireSubscriber(ctx);
  const { senderId } = parseInput(OwnChannelRef, raw);
  const rows = await onceInInstitution(
    institutionId,
    (tx) => tx.$queryRaw<Row[]>`
      SELECT s.id AS "senderId", s.type AS "senderType", n.id, n.identifier, n.settings, n.secrets IS NOT NULL AS "hasSecrets",
             n.created_at AS "createdAt", n.updated_at AS "updatedAt"
        FROM sender s
        LEFT JOIN subscriber p ON p.institution_id = s.institution_id AND p.external_id = ${externalId}
        LEFT JOIN subscription n ON n.institution_id = s.institution_id AND n.sender_id = s.id AND n.subscriber_id = p.id AND n.disabled_at IS NULL
       WHERE s.institution_id = ${institutionId}::uuid AND s.id = ${senderId}::uuid
       ORDER BY n.created_at DESC, n.id DESC`,
  );
  if (!subscriptionType(rows[0]?.senderType ?? "")) {
    throw missing("channel");
  }
  return rows.filter((row): row is OwnRow => row.id !== null).map(toOwnSubscriptionDto);
}
