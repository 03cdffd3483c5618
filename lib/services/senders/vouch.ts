import type { Context } from "@/lib/auth/actor";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { lockSender, type SenderRow } from "@/lib/services/senders/internal";
import { openOrAudit } from "@/lib/services/senders/open-config";
import { proveSender } from "@/lib/services/senders/prove";
import { voidSenderVerifications } from "@/lib/services/senders/void";

/**
 * Makes a bound sender that waits active without a code of its own: another one has proven the account as it stands, and
 * its domain or number is verified. Until both hold it goes on waiting.
 */
export async function vouchFor(tx: Tx, ctx: Context, institutionId: string, senderId: string): Promise<void> {
  const row = await lockSender(tx, { institutionId }, senderId);
  if (!row.bound || row.state !== "pending" || !(await isVouchedFor(tx, row))) {
    return;
  }
  const secrets = await openOrAudit(tx, ctx, row, true);
  if (secrets === null) {
    return;
  }
  await voidSenderVerifications(tx, institutionId, [senderId]);
  const after = await proveSender(tx, row, secrets, null);
  await audit(tx, institutionId, ctx, {
    action: "sender.verified",
    object: { type: "sender", id: senderId },
    before: { state: row.state },
    after: { state: after.state, method: "vouched" },
  });
}

async function isVouchedFor(tx: Tx, { institutionId, id }: SenderRow): Promise<boolean> {
  const [row] = await tx.$queryRaw<Array<{ vouched: boolean }>>`
    SELECT EXISTS (SELECT 1 FROM sender o WHERE o.institution_id = s.institution_id AND o.integration_id = s.integration_id AND o.id <> s.id
                      AND o.state = 'active' AND o.proven_revision = o.revision)
       AND CASE s.type
             WHEN 'email' THEN EXISTS (SELECT 1 FROM email_domain d WHERE d.institution_id = s.institution_id AND d.id = s.email_domain_id AND d.state = 'verified')
             ELSE EXISTS (SELECT 1 FROM phone_number n WHERE n.institution_id = s.institution_id AND n.id = s.phone_number_id AND n.state = 'active' AND n.verified_at IS NOT NULL)
           END AS vouched
      FROM sender s WHERE s.institution_id = ${institutionId}::uuid AND s.id = ${id}::uuid`;
  return row?.vouched === true;
}

type Of = { domainId: string } | { besideSenderId: string };

/**
 * After a domain was verified, or an account proven: whichever bound sender waited for that. Each in its own unit of
 * work; what fails here undoes nothing of what was verified, and is tried again at the domain's next look.
 */
export async function vouchForWaiting(ctx: Context, institutionId: string, of: Of): Promise<void> {
  const waiting = await orLater([], () => waitingFor(institutionId, of));
  for (const id of waiting) {
    await orLater(undefined, () => inInstitution(institutionId, (tx) => vouchFor(tx, ctx, institutionId, id)));
  }
}

async function orLater<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // one that was deleted meanwhile waits for nothing
    if (!(error instanceof AppError && error.code === "not_found")) {
      logger.error({ err: error }, "a sender that waited to be vouched for goes on waiting");
    }
    return otherwise;
  }
}

async function waitingFor(institutionId: string, of: Of): Promise<string[]> {
  const which =
    "domainId" in of
      ? Prisma.sql`s.email_domain_id = ${of.domainId}::uuid`
      : Prisma.sql`s.integration_id = (SELECT o.integration_id FROM sender o WHERE o.institution_id = s.institution_id AND o.id = ${of.besideSenderId}::uuid)`;
  const rows = await inInstitution(institutionId, async (tx) => {
    if ("besideSenderId" in of) {
      // whoever is adding one to the account holds it: what is added is seen here, or sees the proof itself
      await tx.$queryRaw`
        SELECT i.id FROM integration i JOIN sender o ON o.institution_id = i.institution_id AND o.integration_id = i.id
         WHERE o.institution_id = ${institutionId}::uuid AND o.id = ${of.besideSenderId}::uuid FOR NO KEY UPDATE OF i`;
    }
    return tx.$queryRaw<Array<{ id: string }>>`
      SELECT s.id FROM sender s WHERE s.institution_id = ${institutionId}::uuid AND s.bound AND s.state = 'pending' AND ${which} ORDER BY s.id`;
  });
  return rows.map(({ id }) => id);
}
