import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { inInstitution } from "@/lib/db/unit-of-work";
import { isSending } from "@/lib/services/senders/dto";

/** What an institution's messages of one kind go out through now (R49). */
export interface SenderInUse {
  /** sender: the default one · system: there is none, or it was never proven · waiting: it is off or failing, only verifications leave, through the system's. */
  through: "sender" | "system" | "waiting";
  /** The default one, whatever it does. */
  sender: { id: string; name: string; from: string } | null;
}

export interface SendersInUse {
  email: SenderInUse;
  sms: SenderInUse;
}

/** Which senders an institution's mail and texts go out through at this moment. */
export async function getSendersInUse(ctx: Context): Promise<SendersInUse> {
  const { institutionId } = requirePermission(ctx, "sender:read");
  return inInstitution(institutionId, async (tx) => {
    const rows = await tx.sender.findMany({
      where: { institutionId, isDefault: true },
      select: { id: true, name: true, type: true, fromAddress: true, fromNumber: true, state: true, provenRevision: true },
    });
    const useOf = (type: string): SenderInUse => {
      const row = rows.find((each) => each.type === type);
      if (!row) {
        return { through: "system", sender: null };
      }
      const sender = { id: row.id, name: row.name, from: row.fromAddress ?? row.fromNumber ?? "" };
      if (row.provenRevision === null) {
        return { through: "system", sender };
      }
      return { through: isSending(row) ? "sender" : "waiting", sender };
    };
    return { email: useOf("email"), sms: useOf("sms") };
  });
}
