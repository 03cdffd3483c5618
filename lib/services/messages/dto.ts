import { Prisma } from "@/lib/db/generated/client";

/** A message as its people may see it: where it stands, and what the other side said. */
export interface MessageDto {
  id: string;
  kind: string;
  type: string;
  maskedAddress: string;
  /** Which sender it goes out through, or waits for; null while that is open, and for what goes nowhere. */
  sender: { id: string; name: string } | "system" | null;
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
  sender_id: string | null;
  sender_name: string | null;
  state: string;
  attempt: number;
  reason: string | null;
  reply: string | null;
  created_at: Date;
  finished_at: Date | null;
  age_sec: number;
}

export const MESSAGE_COLUMNS = Prisma.sql`
  id, kind, type, masked_address, state, attempt, reason, reply, created_at, finished_at, sender_id,
  (SELECT s.name FROM sender s WHERE s.institution_id = message.institution_id AND s.id = message.sender_id) AS sender_name,
  extract(epoch FROM now() - created_at)::float8 AS age_sec`;

/** About what an ordinary message takes until the other side has it. */
const USUAL_SEND_SEC = 2;

export function toMessageDto(row: MessageRow): MessageDto {
  return {
    id: row.id,
    kind: row.kind,
    type: row.type,
    maskedAddress: row.masked_address,
    sender: shownSender(row),
    ...shownState(row),
    reason: row.reason,
    reply: row.reply,
    createdAt: row.created_at.toISOString(),
  };
}

function shownSender({ sender_id: id, sender_name: name, type, state, attempt }: MessageRow): MessageDto["sender"] {
  if (type === "in_app") {
    return null;
  }
  if (id !== null) {
    return { id, name: name ?? "" };
  }
  return attempt > 0 || state === "suppressed" ? "system" : null;
}

/** A number that said STOP is no secret to whoever holds it. */
const isOptedOut = (row: MessageRow) => row.state === "suppressed" && row.reason === "opted_out";

/** R16: one that was held back looks like any other on its way, to every viewer. */
function shownState(row: MessageRow): Pick<MessageDto, "state" | "finishedAt" | "attempt"> {
  if (isOptedOut(row)) {
    return { state: "refused", finishedAt: row.finished_at?.toISOString() ?? null, attempt: row.attempt };
  }
  if (row.state !== "suppressed") {
    return { state: row.state as MessageDto["state"], finishedAt: row.finished_at?.toISOString() ?? null, attempt: row.attempt };
  }
  if (row.age_sec < USUAL_SEND_SEC) {
    return { state: "queued", finishedAt: null, attempt: 0 };
  }
  return { state: "sent", finishedAt: new Date(row.created_at.getTime() + 900).toISOString(), attempt: 1 };
}
