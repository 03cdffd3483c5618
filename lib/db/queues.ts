import type { Queue } from "pg-boss";

export const JOB_SCHEMA = "pgboss";

/**
 * The queues that `npm run migrate` makes. The heartbeat lets another worker take a crashed one's job within a minute (R69);
 * the retry limit is out of reach because the message row, not the queue, decides when to give up.
 */
export const QUEUES = {
  message: { heartbeatSeconds: 15, retryLimit: 1000, retryDelay: 5, deleteAfterSeconds: 3600, notify: true },
  housekeeping: { heartbeatSeconds: 60, retryLimit: 3, retryDelay: 60, deleteAfterSeconds: 86_400 },
} as const satisfies Record<string, Omit<Queue, "name">>;
