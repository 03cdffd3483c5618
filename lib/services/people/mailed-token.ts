import { hashToken, isToken, newToken } from "@/lib/crypto/tokens";
import { prisma } from "@/lib/db/client";
import type { Tx } from "@/lib/db/unit-of-work";

type Kind = "invitation" | "password_reset";

export interface MailedToken {
  institutionId: string | null;
  refId: string;
}

/** Makes the token of a link; only its hash is kept. The ones that were sent for the same thing before stop working. */
export async function issueMailedToken(
  tx: Tx,
  input: { kind: Kind; institutionId: string | null; refId: string; ttlSec: number },
): Promise<{ token: string; expiresAt: Date }> {
  await voidMailedTokens(tx, input);
  const token = newToken();
  const [row] = await tx.$queryRaw<Array<{ expires_at: Date }>>`
    INSERT INTO token_index (hash, kind, institution_id, ref_id, expires_at)
    VALUES (${hashToken(token)}, ${input.kind}, ${input.institutionId}::uuid, ${input.refId}::uuid, now() + make_interval(secs => ${input.ttlSec}))
    RETURNING expires_at`;
  if (!row) {
    throw new Error("a token was not kept");
  }
  return { token, expiresAt: row.expires_at };
}

export async function voidMailedTokens(tx: Tx, { kind, refId }: { kind: Kind; refId: string }): Promise<void> {
  await tx.tokenIndex.deleteMany({ where: { kind, refId } });
}

/** Where a token leads while it can still be used; looking does not use it up. */
export async function findMailedToken(kind: Kind, token: string): Promise<MailedToken | null> {
  if (!isToken(token)) {
    return null;
  }
  const rows = await prisma().$queryRaw<MailedToken[]>`
    SELECT institution_id AS "institutionId", ref_id AS "refId" FROM token_index
     WHERE hash = ${hashToken(token)} AND kind = ${kind} AND consumed_at IS NULL AND expires_at > now()`;
  return rows[0] ?? null;
}

/** Uses a token up: of any number of callers one gets true. */
export async function consumeMailedToken(tx: Tx, kind: Kind, token: string): Promise<boolean> {
  const used = await tx.$executeRaw`
    UPDATE token_index SET consumed_at = now()
     WHERE hash = ${hashToken(token)} AND kind = ${kind} AND consumed_at IS NULL AND expires_at > now()`;
  return used === 1;
}
