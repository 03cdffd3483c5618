import { freshCanary } from "@/lib/crypto/canary";
import { type Keyring, parseKeyring } from "@/lib/crypto/keyring";
import { DecryptError, rewrap, type SealedPlace, sealedKid } from "@/lib/crypto/seal";
import { prisma } from "@/lib/db/client";
import { inInstitution, outsideInstitutions, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { CANARY, CANARY_LOCK } from "@/lib/services/secrets/canary";
import { readSealed, SEALED, type SealedKind, writeSealed } from "@/lib/services/secrets/sealed-kinds";

export interface Rewrapped {
  seen: number;
  changed: number;
  /** Rows that do not open: `table/id`. While there are any, the old keys are still needed. */
  unreadable: string[];
}

interface Options {
  batch?: number;
  /** Told after each batch, once it is committed. */
  progress?: (done: Rewrapped) => void;
}

/** Rounds that still find something, before it is said that somebody else keeps writing with an earlier key. */
const ROUNDS_MAX = 10;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Wraps every stored secret with the first key (R51). It goes through the rows in their order, a batch a transaction;
 * what was done before an interruption is passed over. Once a whole round found nothing left, the check at the start
 * asks for the first key alone.
 */
export async function rewrapSecrets({ batch = 100, progress }: Options = {}): Promise<Rewrapped> {
  const keyring = parseKeyring(env().secretsKeys, "SECRETS_KEYS");
  const total: Rewrapped = { seen: 0, changed: 0, unreadable: [] };
  // a process that still has the old order may write behind this one's back: so it goes round until nothing is left
  for (let [left, rounds] = [true, 0]; left; rounds += 1) {
    if (rounds === ROUNDS_MAX) {
      throw new Error("a process that runs still seals with an earlier key: restart all of them with the new order first");
    }
    const round: Rewrapped = { seen: 0, changed: 0, unreadable: [] };
    for (const kind of Object.keys(SEALED) as SealedKind[]) {
      await rewrapKind(kind, keyring, batch, round, () =>
        progress?.({ ...round, seen: total.seen + round.seen, changed: total.changed + round.changed }),
      );
    }
    total.seen += round.seen;
    total.changed += round.changed;
    total.unreadable = round.unreadable;
    left = round.changed > 0;
  }
  if (total.unreadable.length === 0) {
    await renewCanary(keyring);
  }
  return total;
}

async function rewrapKind(kind: SealedKind, keyring: Keyring, batch: number, round: Rewrapped, told: () => void): Promise<void> {
  for (let after = FIRST; ; ) {
    const rows = await prisma().$queryRaw<Array<{ institutionId: string; id: string }>>`
      SELECT institution_id AS "institutionId", id FROM sealed_rows(${kind}, ${after}::uuid, ${batch}::int)`;
    const last = rows.at(-1);
    if (!last) {
      return;
    }
    for (const [institutionId, group] of Map.groupBy(rows, (row) => row.institutionId)) {
      const ids = group.map(({ id }) => id);
      const done = await inInstitution(institutionId, (tx) => rewrapRows(tx, kind, keyring, institutionId, ids));
      round.seen += done.seen;
      round.changed += done.changed;
      round.unreadable.push(...done.unreadable);
    }
    after = last.id;
    told();
  }
}

async function rewrapRows(tx: Tx, kind: SealedKind, keyring: Keyring, institutionId: string, ids: string[]): Promise<Rewrapped> {
  const { field } = SEALED[kind];
  const done: Rewrapped = { seen: 0, changed: 0, unreadable: [] };
  for (const { id, sealed, version } of await readSealed(tx, kind, institutionId, ids)) {
    done.seen += 1;
    const place: SealedPlace = { table: kind, institutionId, rowId: id, field, version };
    const wrapped = tryRewrap(keyring, sealed, place);
    if (wrapped === null) {
      done.unreadable.push(`${kind}/${id}`);
    } else if (wrapped !== sealed) {
      await writeSealed(tx, kind, institutionId, id, wrapped);
      done.changed += 1;
    }
  }
  return done;
}

function tryRewrap(keyring: Keyring, sealed: string, place: SealedPlace): string | null {
  try {
    return sealedKid(sealed) === keyring.current.kid ? sealed : rewrap(keyring, sealed, place);
  } catch (error) {
    if (error instanceof DecryptError) {
      return null;
    }
    throw error;
  }
}

async function renewCanary(keyring: Keyring): Promise<void> {
  await outsideInstitutions(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(${CANARY_LOCK}::bigint)) AS locked`;
    await tx.$executeRaw`
      INSERT INTO app_fact (name, value) VALUES (${CANARY}, ${freshCanary(keyring)})
      ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()`;
  });
}
