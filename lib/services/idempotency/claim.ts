import { createHash } from "node:crypto";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText, type SealedPlace, seal } from "@/lib/crypto/seal";
import { onceInInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";

/** What is answered, as it goes out. */
export interface StoredAnswer {
  status: number;
  body: string | null;
  headers: Record<string, string>;
}

export interface Claim {
  institutionId: string;
  id: string;
}

interface Wanted {
  institutionId: string;
  /** The credential. */
  actor: string;
  /** Method and path. */
  route: string;
  key: string;
  body: unknown;
}

/** 1 to 255 visible ASCII characters (R54). */
const KEY = /^[\x21-\x7e]{1,255}$/;
/** A claim whose process died may be taken over after this time. */
const LOCK_SEC = 60;

/** Takes the key for this request, or gives back what the first request with it was answered. */
export async function claimKey(wanted: Wanted): Promise<Claim | StoredAnswer> {
  if (!KEY.test(wanted.key)) {
    throw new AppError("validation", { reason: "idempotencyKey", fields: [{ path: "Idempotency-Key", code: "invalid" }] });
  }
  const { institutionId, actor, route, key } = wanted;
  const id = newId();
  const fingerprint = createHash("sha256").update(canonical(wanted.body)).digest();
  const ask = async () => {
    const [row] = await onceInInstitution(
      institutionId,
      (tx) => tx.$queryRaw<Row[]>`
      WITH claimed AS (
        INSERT INTO idempotency AS i (institution_id, actor, route, key, fingerprint, claim, locked_until)
        VALUES (${institutionId}::uuid, ${actor}, ${route}, ${key}, ${fingerprint}, ${id}::uuid, now() + make_interval(secs => ${LOCK_SEC}))
        ON CONFLICT (institution_id, actor, route, key) DO UPDATE
           SET claim = excluded.claim, fingerprint = excluded.fingerprint, locked_until = excluded.locked_until, state = 'pending',
               status = NULL, answer = NULL, created_at = now()
         WHERE i.created_at < now() - interval '24 hours'
            OR (i.state = 'pending' AND i.locked_until < now() AND i.fingerprint = excluded.fingerprint)
        RETURNING i.claim)
      SELECT c.claim, NULL AS state, NULL AS fingerprint, NULL AS answer FROM claimed c
      UNION ALL
      SELECT i.claim, i.state, i.fingerprint, i.answer FROM idempotency i
       WHERE i.institution_id = ${institutionId}::uuid AND i.actor = ${actor} AND i.route = ${route} AND i.key = ${key}
         AND NOT EXISTS (SELECT 1 FROM claimed)`,
    );
    return row;
  };
  // a row that another request committed during the statement is seen by the next one
  const row = (await ask()) ?? (await ask());
  if (row?.claim === id) {
    return { institutionId, id };
  }
  if (row?.fingerprint && !fingerprint.equals(row.fingerprint)) {
    throw new AppError("idempotency_mismatch");
  }
  if (row?.state === "done" && row.answer !== null) {
    return JSON.parse(openText(keyring(), row.answer, place(institutionId, row.claim))) as StoredAnswer;
  }
  throw new AppError("idempotency_in_progress", { retryAfterSec: 1 });
}

interface Row {
  claim: string;
  state: string | null;
  fingerprint: Uint8Array | null;
  answer: string | null;
}

/** Stores the answer in the transaction of what it tells of; a claim that was taken over rolls both back. */
export async function storeAnswer(tx: Tx, { institutionId, id }: Claim, answer: StoredAnswer): Promise<void> {
  const sealed = seal(keyring(), JSON.stringify(answer), place(institutionId, id));
  const stored = await tx.$executeRaw`
    UPDATE idempotency SET state = 'done', status = ${answer.status}, answer = ${sealed}
     WHERE institution_id = ${institutionId}::uuid AND claim = ${id}::uuid AND state = 'pending'`;
  if (stored !== 1) {
    throw new AppError("idempotency_in_progress", { retryAfterSec: 1 });
  }
}

/** The key is free again: the request was refused before it did anything. */
export async function releaseKey({ institutionId, id }: Claim): Promise<void> {
  await onceInInstitution(
    institutionId,
    (tx) =>
      tx.$executeRaw`DELETE FROM idempotency WHERE institution_id = ${institutionId}::uuid AND claim = ${id}::uuid AND state = 'pending'`,
  );
}

/** Where a remembered answer is sealed (R50). */
function place(institutionId: string, claim: string): SealedPlace {
  return { table: "idempotency", institutionId, rowId: claim, field: "answer", version: 1 };
}

function keyring() {
  return parseKeyring(env().secretsKeys, "SECRETS_KEYS");
}

/** The same text for the same JSON, in whatever order its members came. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ""
  );
}
