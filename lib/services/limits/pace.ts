import { prisma } from "@/lib/db/client";
import { env } from "@/lib/env";

export interface PaceStanding {
  /** How many at once. */
  limit: number;
  /** How many more may come at once now, as far as this process knows. */
  remaining: number;
  /** Seconds until all of `limit` are free again. */
  resetSec: number;
  /** Seconds until one is, when none was. */
  retryAfterSec: number;
  /** The window in which `limit` come back. */
  windowSec: number;
}

export interface Pace extends PaceStanding {
  allowed: boolean;
  /** A refusal like those that were told of a moment ago: a log that takes every one of them can be filled by anybody. */
  again: boolean;
}

interface Lease {
  left: number;
  /** Until when what is left may be used: a lease that was kept would add to a later burst. */
  until: number;
  /** What the database had left beside it. */
  beyond: number;
  fullAt: number;
  /** Until when none can be free again. */
  refusedUntil: number;
  toldAt: number;
  asking: Promise<void> | null;
}

const LEASE = 10;
const LEASE_MS = 1000;
const TELL_MS = 10_000;
const LEASES_MAX = 10_000;

const holder = globalThis as unknown as { reachableLeases?: Map<string, Lease> };
holder.reachableLeases ??= new Map();
const leases = holder.reachableLeases;

/**
 * Counts one request against the pace of its credential, or of the network that it came from (R33): so many a minute, evenly, and a burst at once. A process
 * takes a few uses at a time from the database, so all processes together never admit more than the limit.
 */
export async function takePace(key: string): Promise<Pace> {
  const { perMinute, burst } = env().limits.requestsPerCredential;
  const stepSec = 60 / perMinute;
  const lease = leaseOf(key);
  while (lease.left < 1 || lease.until < Date.now()) {
    lease.left = 0;
    if (lease.refusedUntil > Date.now()) {
      break;
    }
    if (lease.asking !== null) {
      await lease.asking;
      continue;
    }
    lease.asking = renew(lease, key, stepSec, burst).finally(() => {
      lease.asking = null;
    });
    await lease.asking;
    if (lease.left < 1) {
      break;
    }
  }
  const allowed = lease.left >= 1;
  lease.left -= allowed ? 1 : 0;
  return { allowed, ...standing(lease), again: !allowed && wasTold(lease) };
}

/** How `key` stands, as far as this process knows, without counting anything. */
export function lookAtPace(key: string): PaceStanding {
  const known = leases.get(key);
  const isBusy = known !== undefined && known.fullAt > Date.now();
  return standing(isBusy ? known : { left: 0, beyond: env().limits.requestsPerCredential.burst, fullAt: 0 });
}

function standing({ left, beyond, fullAt }: Pick<Lease, "left" | "beyond" | "fullAt">): PaceStanding {
  const { perMinute, burst } = env().limits.requestsPerCredential;
  const stepSec = 60 / perMinute;
  return {
    limit: burst,
    remaining: Math.max(0, left + beyond),
    resetSec: Math.max(0, Math.ceil((fullAt - Date.now()) / 1000)),
    retryAfterSec: Math.max(1, Math.ceil(stepSec)),
    windowSec: Math.ceil(burst * stepSec),
  };
}

function wasTold(lease: Lease): boolean {
  const told = lease.toldAt + TELL_MS > Date.now();
  lease.toldAt = told ? lease.toldAt : Date.now();
  return told;
}

function leaseOf(key: string): Lease {
  const known = leases.get(key);
  if (known) {
    return known;
  }
  if (leases.size >= LEASES_MAX) {
    leases.clear();
  }
  const fresh: Lease = { left: 0, until: 0, beyond: 0, fullAt: 0, refusedUntil: 0, toldAt: 0, asking: null };
  leases.set(key, fresh);
  return fresh;
}

/** The generic cell rate algorithm in one statement: a use moves the time at which the burst is full again. */
async function renew(lease: Lease, key: string, stepSec: number, burst: number): Promise<void> {
  const wanted = Math.min(LEASE, burst);
  const [row] = await prisma().$queryRaw<Array<{ granted: number; fullInSec: number }>>`
    INSERT INTO rate_pace AS p (key, full_at, granted)
    VALUES (${key}, now() + ${wanted * stepSec}::float8 * interval '1 second', ${wanted}::int)
    ON CONFLICT (key) DO UPDATE SET (granted, full_at) = (
      SELECT free.n, greatest(p.full_at, now()) + free.n * ${stepSec}::float8 * interval '1 second'
        FROM (SELECT greatest(0, least(${wanted}::int, floor(${burst}::int - extract(epoch FROM greatest(p.full_at, now()) - now())::float8 / ${stepSec}::float8)))::int AS n) free)
    RETURNING granted, extract(epoch FROM full_at - now())::float8 AS "fullInSec"`;
  if (!row) {
    throw new Error("the limiter returned no row");
  }
  lease.left = row.granted;
  lease.until = Date.now() + LEASE_MS;
  lease.fullAt = Date.now() + row.fullInSec * 1000;
  lease.beyond = Math.max(0, Math.floor(burst - row.fullInSec / stepSec));
  const oneInMs = (row.fullInSec - (burst - 1) * stepSec) * 1000;
  lease.refusedUntil = row.granted > 0 ? 0 : Date.now() + Math.min(oneInMs, LEASE_MS);
}
