import type { Queue } from "pg-boss";

export const JOB_SCHEMA = "pgboss";

/**
 * The queues that `npm run migrate` makes. The heartbeat lets another worker take a crashed one's job within a minute (R69);
 * the retry limit is out of reach because the message row, not the queue, decides when to give up. No NOTIFY: it would
 * make every commit that adds a job wait for the one before.
 */
export const QUEUES = {
  message: { heartbeatSeconds: 15, retryLimit: 1000, retryDelay: 5, deleteAfterSeconds: 3600, notify: false },
} as const satisfies Record<string, Omit<Queue, "name">>;
