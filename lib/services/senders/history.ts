import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { MESSAGE_COLUMNS, type MessageDto, type MessageRow, toMessageDto } from "@/lib/services/messages/dto";
import { SenderRef } from "@/lib/services/senders/fields";
import { findSender } from "@/lib/services/senders/internal";

/** One line of a sender's history: who did what, when, and what changed, with every secret as its mask. */
export interface SenderHistoryEntry {
  id: string;
  at: string;
  action: string;
  outcome: string;
  actor: { kind: "you" | "system" | "program" | "member" | "removed"; name: string | null };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface SenderHistory {
  entries: SenderHistoryEntry[];
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
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * What was done to a sender, and the last messages that went out through it. What an application keeps there for its users
 * is theirs: it stands in the audit log, and would leave no room here for anything else.
 */
export async function getSenderHistory(ctx: Context, raw: unknown): Promise<SenderHistory> {
  const actor = requirePermission(ctx, "sender:read");
  const { senderId } = parseInput(SenderRef, raw);
  const { institutionId } = actor;
  return inInstitution(institutionId, async (tx) => {
    await findSender(tx, actor, senderId);
    const entries = await tx.$queryRaw<Row[]>(historyQuery(institutionId, senderId));
    const messages = await tx.$queryRaw<MessageRow[]>`
      SELECT ${MESSAGE_COLUMNS} FROM message
       WHERE institution_id = ${institutionId}::uuid AND sender_id = ${senderId}::uuid
       ORDER BY created_at DESC, id DESC LIMIT ${SHOWN}`;
    return { entries: entries.map((entry) => toEntry(entry, actor.userId)), messages: messages.map(toMessageDto) };
  });
}

/** Its conditions are those of an index: an application may have written any number of lines since. */
export function historyQuery(institutionId: string, senderId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT a.id, a.at, a.action, a.outcome, a.actor_type, a.actor_id, u.name AS actor_name, a.before, a.after
      FROM audit_event a LEFT JOIN "user" u ON u.id = a.actor_id AND u.deleted_at IS NULL
     WHERE a.institution_id = ${institutionId}::uuid AND a.object_id = ${senderId} AND a.object_type = 'sender' AND a.action NOT LIKE 'subscription.%'
     ORDER BY a.at DESC, a.id DESC LIMIT ${SHOWN}`;
}

function toEntry(row: Row, userId: string | null): SenderHistoryEntry {
  const { id, action, outcome, before, after } = row;
  return { id, at: row.at.toISOString(), action, outcome, actor: actorOf(row, userId), before, after };
}

function actorOf(row: Row, userId: string | null): SenderHistoryEntry["actor"] {
  if (row.actor_id === null) {
    return { kind: row.actor_type === "institution" || row.actor_type === "subscriber" ? "program" : "system", name: null };
  }
  if (row.actor_id === userId) {
    return { kind: "you", name: row.actor_name };
  }
  return row.actor_name ? { kind: "member", name: row.actor_name } : { kind: "removed", name: null };
}
