import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { auditAll } from "@/lib/services/audit/record";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { findSender, lockInstitution } from "@/lib/services/senders/internal";

const SetDefaultInput = z.strictObject({ senderId: idSchema, isDefault: z.boolean().default(true) });

/** Makes a sender the one of its type that messages go out from; the one before it is so no longer, at the same instant. */
export async function setDefaultSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const { institutionId, userId } = requirePermission(ctx, "sender:write");
  const { senderId, isDefault } = parseInput(SetDefaultInput, raw);
  return inInstitution(institutionId, async (tx) => {
    // one change of the default at a time: two rows change, and each request must see what the last one left
    await lockInstitution(tx, institutionId);
    const { type } = await findSender(tx, { institutionId }, senderId);
    const rows = await tx.$queryRaw<Array<{ id: string; name: string; isDefault: boolean }>>`
      SELECT id, name, is_default AS "isDefault" FROM sender
       WHERE institution_id = ${institutionId}::uuid AND type = ${type} AND (id = ${senderId}::uuid OR is_default) ORDER BY id FOR NO KEY UPDATE`;
    const changed = rows.filter((row) => row.isDefault !== (isDefault ? row.id === senderId : row.isDefault && row.id !== senderId));
    // the old one first: the index allows one default a type at every moment
    for (const row of changed.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))) {
      await tx.$executeRaw`
        UPDATE sender SET is_default = ${!row.isDefault}, updated_by_id = ${userId}::uuid, updated_at = now()
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
    return showSender(tx, institutionId, senderId);
  });
}
