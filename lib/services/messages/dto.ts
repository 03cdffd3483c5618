import { Prisma } from "@/lib/db/generated/client";

/** A message as its people may see it: where it stands, and what the other side said. */
export interface MessageDto {
  id: string;
  kind: string;
  type: string;
  maskedAddress: string;
  state: "queued" | "sending" | "sent" | "refused" | "unknown" | "cancelled" | "expired";
  attempt: number;
  reason: string | null;
  reply: string | null;
  createdAt: string;
  finishedAt: string | null;
}

export interface MessageRow {
  id: string;
  kind: string;
  type: string;
  masked_address: string;
  state: string;
  attempt: number;
  reason: string | null;
  reply: string | null;
  created_at: Date;
  finished_at: Date | null;
  age_sec: number;
}

export const MESSAGE_COLUMNS = Prisma.sql`
  id, kind, type, masked_address, state, attempt, reason, reply, created_at, finished_at,
  extract(epoch FROM now() - created_at)::float8 AS age_sec`;

/** About what an ordinary message takes until the other side has it. */
const USUAL_SEND_SEC = 2;

export function toMessageDto(row: MessageRow): MessageDto {
  return {
    id: row.id,
    kind: row.kind,
    type: row.type,
    maskedAddress: row.masked_address,
    ...shownState(row),
    reason: row.reason,
    reply: row.reply,
    createdAt: row.created_at.toISOString(),
  };
}

/** R16: one that was held back looks like any other on its way, to every viewer. */
function shownState(row: MessageRow): Pick<MessageDto, "state" | "finishedAt" | "attempt"> {
  if (row.state !== "suppressed") {
    return { state: row.state as MessageDto["state"], finishedAt: row.finished_at?.toISOString() ?? null, attempt: row.attempt };
  }
  if (row.age_sec < USUAL_SEND_SEC) {
    return { state: "queued", finishedAt: null, attempt: 0 };
  }
  return { state: "sent", finishedAt: new Date(row.created_at.getTime() + 900).toISOString(), attempt: 1 };
}
