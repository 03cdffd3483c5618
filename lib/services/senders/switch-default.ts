import type { Caller, Context } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/unit-of-work";
import { auditAll } from "@/lib/services/audit/record";

/**
 * Makes a sender the default of its type, or no longer so; the one before it is so no longer at the same instant. The
 * institution is locked: two rows change, and each request must see what the last one left.
 */
export async function switchDefault(
  tx: Tx,
  ctx: Context,
  { institutionId, userId }: Caller,
  { id: senderId, type }: { id: string; type: string },
  isDefault: boolean,
): Promise<void> {
  const rows = await tx.$queryRaw<Array<{ id: string; name: string; isDefault: boolean }>>`
    SELECT id, name, is_default AS "isDefault" FROM sender
     WHERE institution_id = ${institutionId}::uuid AND type = ${type} AND (id = ${senderId}::uuid OR is_default) ORDER BY id FOR NO KEY UPDATE`;
  const changed = rows.filter((row) => row.isDefault !== (isDefault ? row.id === senderId : row.isDefault && row.id !== senderId));
  // the old one first: the index allows one default a type at every moment
  for (const row of changed.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))) {
    await tx.$executeRaw`
      UPDATE sender SET is_default = ${!row.isDefault}, updated_by_id = ${userId}::uuid, updated_at = greatest(created_at, now())
       WHERE institution_id = ${institutionId}::uuid AND id = ${row.id}::uuid`;
  }
  await auditAll(
    tx,
    institutionId,
    ctx,
    changed.map(({ id, name, isDefault: was }) => ({
      action: "sender.default_changed",
      object: { type: "sender", id },
      before: { isDefault: was },
      after: { isDefault: !was, name, type },
    })),
  );
}
