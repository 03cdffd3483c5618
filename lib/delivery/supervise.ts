import { PgBoss } from "pg-boss";
import { logger } from "@/lib/core/logger";
import { JOB_SCHEMA } from "@/lib/db/queues";
import { env } from "@/lib/env";

/** With the queue's heartbeat of 15 s: a crashed worker's jobs are free again after half a minute (R69). */
const LOOK_EVERY_SEC = 15;
const TIDY_EVERY_SEC = 300;

/** pg-boss's own upkeep: frees the jobs of crashed workers, deletes finished ones. Any number of workers may run it. */
export async function superviseQueues(): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({
    connectionString: env().databaseUrl,
    application_name: "reachable-jobs",
    schema: JOB_SCHEMA,
    max: 2,
    migrate: false,
    schedule: false,
    supervise: true,
    // rebuilding an index takes its owner, which the app's role is not
    reindex: false,
    superviseIntervalSeconds: LOOK_EVERY_SEC,
    monitorIntervalSeconds: LOOK_EVERY_SEC,
    maintenanceIntervalSeconds: TIDY_EVERY_SEC,
  });
  boss.on("error", (error) => logger.error({ err: error }, "job queue error"));
  boss.on("warning", ({ message }) => logger.warn({ detail: message }, "job queue warning"));
  await boss.start();
  return { stop: () => boss.stop({ graceful: false }) };
}
