/** One line of the inbox as data; screens put it into words when it is read. */
export interface InboxItemDto {
  id: string;
  /** verification · test · notice_added · notice_changed · notice_verified · notice_deleted */
  kind: string;
  read: boolean;
  createdAt: string;
  /** Masked, as it was when it happened; empty where a kind has none. */
  contactPointType: string;
  address: string;
  label: string;
  /** The contact point it tells of, while there is one. */
  contactPointId: string | null;
  /** For a verification: whether it can still be confirmed here. */
  challenge: "live" | "done" | "ended" | null;
  expiresAt: string | null;
}

export interface InboxRow {
  id: string;
  kind: string;
  data: Record<string, unknown>;
  unread: boolean;
  createdAt: Date;
  contactPointId: string | null;
  label: string | null;
  type: string | null;
  challenge: "live" | "done" | "ended" | null;
  expiresAt: Date | null;
}

export function toInboxItemDto(row: InboxRow): InboxItemDto {
  const told = (name: string) => (typeof row.data[name] === "string" ? row.data[name] : "");
  return {
    id: row.id,
    kind: row.kind,
    read: !row.unread,
    createdAt: row.createdAt.toISOString(),
    contactPointType: told("type") || (row.type ?? ""),
    address: told("address"),
    label: row.label ?? told("label"),
    contactPointId: row.contactPointId,
    challenge: row.challenge,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  };
}
