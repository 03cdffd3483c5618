import { logger } from "@/lib/core/logger";
import { outsideInstitutions } from "@/lib/db/unit-of-work";

const LOCK = 7_263_401_999;
const CONTACT_POINTS_AT_ONCE = 500;
const HISTORY_AT_ONCE = 1000;
/** However much there is to tidy up, no round takes longer than so many transactions. */
const ROUNDS_MAX = 20;

/**
 * Deletes what has had its time (R19, R67), in small transactions. One worker at a time: another one that
 * comes by meanwhile goes away again. Returns how many rows went.
 */
export async function runHousekeeping(): Promise<number> {
  let total = 0;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const gone = await purgeOnce();
    total += gone;
    if (gone < CONTACT_POINTS_AT_ONCE) {
      break;
    }
  }
  return total;
}

async function purgeOnce(): Promise<number> {
  return outsideInstitutions(async (tx) => {
    const [lock] = await tx.$queryRaw<Array<{ mine: boolean }>>`SELECT pg_try_advisory_xact_lock(${LOCK}::bigint) AS mine`;
    if (!lock?.mine) {
      return 0;
    }
    const [purged] = await tx.$queryRaw<Array<{ gone: number }>>`
      SELECT purge_contact_points(${CONTACT_POINTS_AT_ONCE}::int) + purge_history(${HISTORY_AT_ONCE}::int)
           + purge_sender_verifications(${HISTORY_AT_ONCE}::int) + purge_api_traces(${HISTORY_AT_ONCE}::int) AS gone`;
    return purged?.gone ?? 0;
  });
}

/** Every few minutes from now on, the first time at once. */
export function startHousekeeping(everyMs = 5 * 60_000): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const tick = () => {
    running = runHousekeeping().then(
      (gone) => void (gone > 0 && logger.info({ gone }, "housekeeping")),
      (error: unknown) => logger.error({ err: error }, "housekeeping failed"),
    );
  };
  tick();
  const timer = setInterval(tick, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
