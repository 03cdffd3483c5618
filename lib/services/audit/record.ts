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
  await tx.auditEvent.createMany({
    data: entries.map((entry) => ({
      institutionId,
      id: newId(),
      actorType: ctx.actor.type,
      actorId: actorId(ctx.actor),
      action: entry.action,
      objectType: entry.object.type,
      objectId: entry.object.id ?? null,
      subscriberId: entry.subscriberId ?? null,
      outcome: entry.outcome ?? "success",
      ip: ctx.request.ip,
      requestId: ctx.request.id,
      ...(entry.before ? { before: entry.before } : {}),
      ...(entry.after ? { after: entry.after } : {}),
    })),
  });
}

/** The audit row of a refusal: a transaction of its own, after the refused one has rolled back. */
export async function auditRefusal(institutionId: string, ctx: Context, entry: AuditEntry): Promise<void> {
  await inInstitution(institutionId, (tx) => audit(tx, institutionId, ctx, { outcome: "refused", ...entry }));
}

function actorId(actor: Actor): string | null {
  return actor.type === "member" || actor.type === "account" ? actor.userId : null;
}
