import { AsyncLocalStorage } from "node:async_hooks";
import { logger } from "@/lib/core/logger";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { type Opening, opening } from "@/lib/db/opening-client";
import { isDeadlock } from "@/lib/db/prisma-errors";

/** A transaction in which exactly one institution's rows can be seen. */
export type Tx = Prisma.TransactionClient;

const inside = new AsyncLocalStorage<true>();
const OPTIONS = { maxWait: 10_000, timeout: 20_000 };

/**
 * Runs `work` in one transaction whose first statement sets the institution (R63).
 * One connection, never two: opening a unit of work inside another one throws.
 */
export function inInstitution<T>(institutionId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return open({ setting: "app.institution_id", value: institutionId }, work);
}

/** As `inInstitution`, for exactly one statement: it goes out and comes back with its transaction around it. */
export function onceInInstitution<T>(institutionId: string, statement: (tx: Tx) => Promise<T>): Promise<T> {
  return open({ setting: "app.institution_id", value: institutionId, single: true }, statement);
}

/** As `inInstitution`, for a signed-in person's own memberships: which institutions they are in. */
export function asUser<T>(userId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return open({ setting: "app.user_id", value: userId }, work);
}

/** A transaction on the global tables alone: row-level security hides every institution's rows. */
export function outsideInstitutions<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return open(null, work);
}

/** Sets the institution within an open transaction; for set-up, which first creates it. */
export async function enterInstitution(tx: Tx, institutionId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('app.institution_id', ${institutionId}, true)`;
}

/** A unit of work whose work is done and whose COMMIT waits for one more statement. */
interface Held {
  finish(last?: (tx: Tx) => Promise<void>): Promise<void>;
}

interface Hold {
  institutionId: string;
  unit: Held | null;
  /** Its answer is on its way: whoever still works ends by themselves. */
  over: boolean;
}

const holding = new AsyncLocalStorage<Hold>();

/**
 * Runs `work`, and `last` with its result in the transaction of the last unit of work that it opened in this institution,
 * before that is committed (R54). Every unit before it is committed as always, and so is the last one when `work` refuses.
 */
export async function withLastUnit<T>(
  institutionId: string,
  work: () => Promise<T>,
  last: (tx: Tx, result: T) => Promise<void>,
): Promise<T> {
  const hold: Hold = { institutionId, unit: null, over: false };
  try {
    const result = await holding.run(hold, work);
    const { unit } = hold;
    Object.assign(hold, { unit: null, over: true });
    const store = (tx: Tx) => last(tx, result);
    await (unit ? unit.finish(store) : inInstitution(institutionId, store));
    return result;
  } finally {
    hold.over = true;
    await hold.unit?.finish();
  }
}

/** Commits what is held: nobody asks the pool for a second connection, or a server elsewhere for anything, while holding one. */
export async function endHeldUnit(): Promise<void> {
  const hold = holding.getStore();
  const unit = hold?.unit;
  if (hold && unit) {
    hold.unit = null;
    await unit.finish();
  }
}

async function open<T>(belongs: Opening | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (inside.getStore()) {
    throw new Error("a unit of work was opened inside another one");
  }
  await endHeldUnit();
  const hold = holding.getStore();
  const isOwn = belongs?.setting === "app.institution_id" && !belongs.single && belongs.value === hold?.institutionId;
  return hold && isOwn && !hold.over ? openHeld(hold, belongs, work) : onceMore(() => transact(belongs, work));
}

async function openHeld<T>(hold: Hold, belongs: Opening | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  const [worked, gate] = [Promise.withResolvers<T>(), Promise.withResolvers<((tx: Tx) => Promise<void>) | undefined>()];
  let isWorked = false;
  const once = () =>
    transact(belongs, async (tx) => {
      const done = await work(tx);
      isWorked = true;
      worked.resolve(done);
      const last = await gate.promise;
      await last?.(tx);
    });
  // what was told already is not done anew
  const over = onceMore(once, () => !isWorked);
  over.catch(worked.reject);
  const result = await worked.promise;
  const finish: Held["finish"] = (last) => {
    gate.resolve(last);
    return over;
  };
  // one at a time: of two that run side by side, the one before
  const before = hold.over ? { finish } : hold.unit;
  hold.unit = hold.over ? null : { finish };
  await before?.finish();
  return result;
}

const TRIES = 3;

/**
 * Verbs and the worker lock in one order, and the database's own checks of references do not know it: where two end up
 * waiting for each other, it undoes one of them, which is done again.
 */
async function onceMore<T>(transaction: () => Promise<T>, may: () => boolean = () => true): Promise<T> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await transaction();
    } catch (error) {
      if (left === 0 || !isDeadlock(error) || !may()) {
        throw error;
      }
      logger.warn({ err: error }, "a transaction is done again after a deadlock");
    }
  }
}

function transact<T>(belongs: Opening | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inside.run(true, () => opening.run(belongs, () => prisma().$transaction((tx) => opening.exit(() => work(tx)), OPTIONS)));
}
