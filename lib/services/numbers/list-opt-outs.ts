import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { ContactPointRef, findContactPoint } from "@/lib/services/contact-points/internal";
import { displayNumber } from "@/lib/services/numbers/dto";

export interface OptOutDto {
  senderId: string;
  senderName: string;
  /** What START is to be texted to. */
  senderNumber: string;
  word: string;
  at: string;
}

/** Which senders may not text this contact point, because its owner texted them to stop. */
export async function listOptOuts(ctx: Context, raw: unknown): Promise<OptOutDto[]> {
  const actor = requirePermission(ctx, "contact_point:own");
  const { contactPointId } = parseInput(ContactPointRef, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const point = await findContactPoint(tx, actor, contactPointId);
    if (point.type !== "sms") {
      return [];
    }
    const rows = await tx.smsOptOut.findMany({
      where: { institutionId: actor.institutionId, number: point.address },
      include: { sender: { select: { name: true, fromNumber: true } } },
      orderBy: [{ at: "desc" }, { senderId: "asc" }],
    });
    return rows.map(({ senderId, sender, word, at }) => ({
      senderId,
      senderName: sender.name,
      senderNumber: displayNumber(sender.fromNumber ?? ""),
      word,
      at: at.toISOString(),
    }));
  });
}
