import type { Caller, MemberActor } from "@/lib/auth/actor";
import { requireContactPointType } from "@/lib/channels/registry";
import { parseEmailAddress } from "@/lib/core/email-address";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/unit-of-work";

/** Where a person may have something sent to themselves; no other address is ever written to for a test (R32). */
export interface OwnAddress {
  /** email | sms */
  type: string;
  address: string;
  masked: string;
  /** null: the address that they sign in with. */
  contactPointId: string | null;
}

/** The person's own verified address of that kind; the one proven last. */
export async function ownVerifiedAddress(tx: Tx, { institutionId, subscriberId }: Caller, type: string): Promise<OwnAddress | null> {
  if (subscriberId === null) {
    return null;
  }
  const row = await tx.contactPoint.findFirst({
    where: { institutionId, subscriberId, type, verifiedAt: { not: null }, undeliverableAt: null, deletedAt: null },
    orderBy: [{ enabled: "desc" }, { verifiedAt: "desc" }],
    select: { id: true, address: true },
  });
  return row && { type, address: row.address, masked: requireContactPointType(type).mask(row.address), contactPointId: row.id };
}

/** Where the code for a sender goes: that address, or for mail the one that the person signs in with. */
export async function findAddressForProof(tx: Tx, actor: MemberActor, type: string): Promise<OwnAddress | null> {
  const own = await ownVerifiedAddress(tx, actor, type);
  const signIn = own === null && type === "email" ? parseEmailAddress(actor.email) : null;
  if (!signIn?.ok) {
    return own;
  }
  const address = signIn.value.canonical;
  return { type, address, masked: requireContactPointType(type).mask(address), contactPointId: null };
}

/** The refusal of what cannot be done without it. */
export function ownAddressNeeded(type: string): AppError {
  return new AppError("precondition_failed", { reason: type === "email" ? "ownEmailNeeded" : "ownNumberNeeded" });
}
