import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { ContactPointRef, findContactPoint } from "@/lib/services/contact-points/internal";
import { MESSAGE_COLUMNS, type MessageDto, type MessageRow, toMessageDto } from "@/lib/services/messages/dto";

/** One line of the history of a contact point: who did what, when, from where. */
export interface HistoryEntry {
  id: string;
  at: string;
  action: string;
  outcome: string;
  /** you · link (whoever held the mailed link or code) · system · another member by name. */
  actor: { kind: "you" | "link" | "system" | "program" | "member" | "removed"; name: string | null };
  ip: string | null;
  detail: { address?: string; method?: string; label?: string };
}

export interface ContactPointHistory {
  entries: HistoryEntry[];
  messages: MessageDto[];
}

const SHOWN = 20;

interface Row {
  id: string;
  at: Date;
  action: string;
  outcome: string;
  actor_type: string;
  actor_id: string | null;
  actor_name: string | null;
  ip: string | null;
  after: { address?: string; method?: string; label?: string } | null;
}

/** The verification and consent history of a contact point and its last messages. */
export async function getContactPointHistory(ctx: Context, raw: unknown): Promise<ContactPointHistory> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const row = await findContactPoint(tx, actor, contactPointId);
    const entries = await tx.$queryRaw<Row[]>`
      SELECT a.id, a.at, a.action, a.outcome, a.actor_type, a.actor_id, u.name AS actor_name, a.ip, a.after
        FROM audit_event a LEFT JOIN "user" u ON u.id = a.actor_id AND u.deleted_at IS NULL
       WHERE a.institution_id = ${actor.institutionId}::uuid AND a.object_id = ${contactPointId}
       ORDER BY a.at DESC, a.id DESC LIMIT ${SHOWN}`;
    const messages = await tx.$queryRaw<MessageRow[]>`
      SELECT ${MESSAGE_COLUMNS} FROM message
       WHERE institution_id = ${actor.institutionId}::uuid AND contact_point_id = ${contactPointId}::uuid
       ORDER BY created_at DESC, id DESC LIMIT ${SHOWN}`;
    const own = row.subscriberId === actor.subscriberId;
    return {
      entries: entries.map((entry) => toEntry(entry, actor.userId, own)),
      messages: messages.map(toMessageDto),
    };
  });
}

function toEntry(row: Row, userId: string | null, own: boolean): HistoryEntry {
  const { address, method, label } = row.after ?? {};
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    actor: actorOf(row, userId),
    // from where a person acted is theirs to know, and their institution's audit page's
    ip: own ? row.ip : null,
    detail: { ...(address ? { address } : {}), ...(method ? { method } : {}), ...(label ? { label } : {}) },
  };
}

function actorOf(row: Row, userId: string | null): HistoryEntry["actor"] {
  if (row.actor_type === "link" || row.actor_type === "system") {
    return { kind: row.actor_type, name: null };
  }
  if (row.actor_type === "institution" || row.actor_type === "subscriber") {
    return { kind: "program", name: null };
  }
  if (userId !== null && row.actor_id === userId) {
    return { kind: "you", name: row.actor_name };
  }
  return row.actor_name ? { kind: "member", name: row.actor_name } : { kind: "removed", name: null };
}
