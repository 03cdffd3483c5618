import { isOutsideCredential } from "@/lib/auth/credentials/outside-credential";

/** One line of the audit log, its person by name as they are called today. */
export interface AuditEventDto {
  id: string;
  at: string;
  /** `removed`: the account is gone; its id still tells one such person from another (R68). */
  actor: { kind: "person" | "removed" | "link" | "anonymous" | "system" | "program"; id: string | null; name: string | null };
  /** The credential that it was done with. One of another issuer has no name, nor has one that went with its person, or that is another institution's. */
  key: { id: string; name: string | null; outside: boolean } | null;
  action: string;
  object: { type: string; id: string | null };
  subscriberId: string | null;
  outcome: string;
  ip: string | null;
  /** A client's own word for the device that it runs on. */
  clientHash: string | null;
  requestId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export interface AuditRow {
  id: string;
  at: Date;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  keyId: string | null;
  keyName: string | null;
  action: string;
  objectType: string;
  objectId: string | null;
  subscriberId: string | null;
  outcome: string;
  ip: string | null;
  clientHash: string | null;
  requestId: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

export function toAuditEventDto(row: AuditRow): AuditEventDto {
  const { id, action, subscriberId, outcome, ip, clientHash, requestId, before, after } = row;
  return {
    id,
    at: row.at.toISOString(),
    actor: actorOf(row),
    key: row.keyId === null ? null : { id: row.keyId, name: row.keyName, outside: isOutsideCredential(row.keyId) },
    action,
    object: { type: row.objectType, id: row.objectId },
    subscriberId,
    outcome,
    ip,
    clientHash,
    requestId,
    before,
    after,
  };
}

function actorOf({ actorType, actorId, actorName }: AuditRow): AuditEventDto["actor"] {
  if (actorId !== null) {
    return { kind: actorName === null ? "removed" : "person", id: actorId, name: actorName };
  }
  if (actorType === "institution" || actorType === "subscriber") {
    return { kind: "program", id: null, name: null };
  }
  return { kind: actorType === "link" || actorType === "system" ? actorType : "anonymous", id: null, name: null };
}
