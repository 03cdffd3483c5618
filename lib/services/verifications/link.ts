import { requireContactPointType } from "@/lib/channels/registry";
import { hashToken, isToken } from "@/lib/crypto/tokens";
import { prisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";

/** What the page behind a mailed link may show: the institution and the masked address (R12). */
export interface LinkView {
  institutionName: string;
  maskedAddress: string;
  /** The language that the message was written in. */
  locale: string;
}

export interface LinkTarget {
  institutionId: string;
  verificationId: string;
}

/** Whose challenge a token is, if it is still alive. The index alone crosses institutions (R63). */
export async function findLink(token: string): Promise<LinkTarget | null> {
  if (!isToken(token)) {
    return null;
  }
  const [row] = await prisma().$queryRaw<LinkTarget[]>`
    SELECT institution_id AS "institutionId", ref_id AS "verificationId" FROM token_index
     WHERE hash = ${hashToken(token)} AND kind = 'verification' AND expires_at > now()`;
  return row ?? null;
}

/** Reads and changes nothing: mail scanners open links, and run their scripts (R12). */
export async function readLink(token: string): Promise<LinkView | null> {
  const target = await findLink(token);
  if (!target) {
    return null;
  }
  const { institutionId, verificationId } = target;
  return inInstitution(institutionId, async (tx) => {
    const [row] = await tx.$queryRaw<Array<{ type: string; address: string; name: string; locale: string }>>`
      SELECT c.type, coalesce(c.pending_address, c.address) AS address, i.name, coalesce(m.locale, i.default_locale) AS locale
        FROM verification v
        JOIN contact_point c ON c.institution_id = v.institution_id AND c.id = v.contact_point_id AND c.deleted_at IS NULL AND c.locked_at IS NULL
        JOIN institution i ON i.id = v.institution_id
        LEFT JOIN message m ON m.institution_id = v.institution_id AND m.id = v.message_id
       WHERE v.institution_id = ${institutionId}::uuid AND v.id = ${verificationId}::uuid
         AND v.consumed_at IS NULL AND v.voided_at IS NULL AND v.expires_at > now() AND v.attempts < v.max_attempts`;
    if (!row) {
      return null;
    }
    return { institutionName: row.name, maskedAddress: requireContactPointType(row.type).mask(row.address), locale: row.locale };
  });
}
