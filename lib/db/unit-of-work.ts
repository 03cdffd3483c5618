import { AsyncLocalStorage } from "node:async_hooks";
import { prisma } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { type Opening, opening } from "@/lib/db/opening-client";

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

async function open<T>(belongs: Opening | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (inside.getStore()) {
    throw new Error("a unit of work was opened inside another one");
  }
  return inside.run(true, () => opening.run(belongs, () => prisma().$transaction((tx) => opening.exit(() => work(tx)), OPTIONS)));
}
