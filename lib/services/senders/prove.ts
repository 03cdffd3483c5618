import type { Prisma, Sender } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { provenPlace, type Secrets, sealSecrets } from "@/lib/services/integrations/secrets";
import { type SenderRow, whereKey } from "@/lib/services/senders/internal";
import { currentSnapshot } from "@/lib/services/senders/open-config";

/**
 * Keeps a locked sender's settings as they stand now as the proven ones, and makes it active. The copy is its own: later
 * edits do not reach it. Its secrets are those of the integration, opened.
 */
export async function proveSender(tx: Tx, row: SenderRow, secrets: Secrets, byId: string | null): Promise<Sender> {
  return tx.sender.update({
    where: whereKey(row),
    data: {
      ...ACTIVE,
      stateAt: new Date(),
      provenRevision: row.revision,
      provenAt: new Date(),
      provenById: byId,
      provenConfig: currentSnapshot(row) as unknown as Prisma.InputJsonObject,
      provenSecrets: sealSecrets(secrets, provenPlace(row.institutionId, row.id, row.revision)),
      sendStep: 0,
      nextSendAt: null,
      updatedAt: new Date(),
    },
  });
}

/** An active sender starts without the troubles of an earlier one. */
export const ACTIVE = {
  state: "active",
  stateReason: null,
  stateReply: null,
  failureRun: 0,
  circuitOpenUntil: null,
  circuitOpenedAt: [],
};
