import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { ConnectionRef } from "@/lib/services/connections/fields";
import { lockConnection, snapshot } from "@/lib/services/connections/internal";

/** Disconnects a workspace and forgets its tokens. Its endpoints stay, without a connection. */
export async function deleteConnection(ctx: Context, raw: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "connection:write");
  const named = parseInput(ConnectionRef, raw);
  await inInstitution(institutionId, async (tx) => {
    const row = await lockConnection(tx, institutionId, named, true);
    await tx.connection.delete({ where: { institutionId_id: { institutionId, id: row.id } } });
    await audit(tx, institutionId, ctx, {
      action: "connection.deleted",
      object: { type: "connection", id: row.id },
      subscriberId: row.subscriber?.id ?? null,
      before: snapshot(row),
    });
  });
}
