import type { Actor, Context } from "@/lib/auth/actor";
import { newId } from "@/lib/core/ids";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import type { AuditAction } from "@/lib/services/audit/actions";

export interface AuditEntry {
  action: AuditAction;
  object: { type: string; id?: string | null };
  subscriberId?: string | null;
  outcome?: "success" | "refused" | "failed";
  /** Masked snapshots: built from what lists may show, never from a row (R45, R66). */
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
}

/** Writes the audit row in the transaction of the change that it tells of (R66). */
export async function audit(tx: Tx, institutionId: string, ctx: Context, entry: AuditEntry): Promise<void> {
  await auditAll(tx, institutionId, ctx, [entry]);
}

/** As `audit`, for a transaction that does many things at once. */
export async function auditAll(tx: Tx, institutionId: string, ctx: Context, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const rows = entries.map((entry) => ({
    id: newId(),
    action: entry.action,
    object_type: entry.object.type,
    object_id: entry.object.id,
    subscriber_id: entry.subscriberId,
    outcome: entry.outcome ?? "success",
    before: entry.before,
    after: entry.after,
  }));
  await tx.$executeRaw`
    INSERT INTO audit_event (institution_id, id, actor_type, actor_id, key_id, client_hash, ip, request_id, action, object_type, object_id, subscriber_id, outcome, before, after)
    SELECT ${institutionId}::uuid, e.id, ${ctx.actor.type}, ${actorId(ctx.actor)}::uuid, ${credentialId(ctx.actor)}::uuid, ${ctx.request.clientHash ?? null}, ${ctx.request.ip}, ${ctx.request.id},
           e.action, e.object_type, e.object_id, e.subscriber_id, e.outcome, e.before, e.after
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           AS e(id uuid, action text, object_type text, object_id text, subscriber_id uuid, outcome text, before jsonb, after jsonb)`;
}

/** The audit row of a refusal: a transaction of its own, after the refused one has rolled back. */
export async function auditRefusal(institutionId: string, ctx: Context, entry: AuditEntry): Promise<void> {
  await inInstitution(institutionId, (tx) => audit(tx, institutionId, ctx, { outcome: "refused", ...entry }));
}

function credentialId(actor: Actor): string | null {
  return "credential" in actor ? (actor.credential?.id ?? null) : null;
}

function actorId(actor: Actor): string | null {
  return actor.type === "member" || actor.type === "account" ? actor.userId : null;
}
