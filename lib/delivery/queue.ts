import { fromPrisma as adapt, type Clock, PgBoss } from "pg-boss";
import { prisma } from "@/lib/db/client";
import { JOB_SCHEMA } from "@/lib/db/queues";
import type { Tx } from "@/lib/db/unit-of-work";

const QUEUE = "message";

/** All that a job says (R65): which row of which institution. */
export interface JobData {
  institutionId: string;
  messageId: string;
}

export interface Job extends JobData {
  jobId: string;
}

export interface NewJob extends JobData {
  priority: number;
  /** Seconds from now, on the database's clock. */
  startAfterSec?: number;
  /** Jobs that share a way out, and can be passed over together while it is crowded. */
  group?: string | null;
}

/** Adds a job through the open transaction: it exists exactly if the message does (R69). */
export async function enqueueJob(tx: Tx, job: NewJob): Promise<void> {
  await enqueueJobs(tx, [job]);
}

export async function enqueueJobs(tx: Tx, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length > 0) {
    const rows = jobs.map(({ institutionId, messageId, priority, startAfterSec = 0, group }) => {
      const job = { data: { institutionId, messageId } satisfies JobData, priority, startAfter: startAfterSec };
      return group ? { ...job, group: { id: group } } : job;
    });
    await use(fromPrisma(tx), (queue, db) => queue.insert(QUEUE, rows, { db }));
  }
}

/** Ends jobs through the open transaction, also where somebody else has been given them meanwhile. */
export async function completeJobs(tx: Tx, jobIds: readonly string[]): Promise<void> {
  if (jobIds.length > 0) {
    await use(fromPrisma(tx), (queue, db) => queue.complete(QUEUE, [...jobIds], null, { db, includeQueued: true }));
  }
}

/** Takes the next jobs that are in none of these groups, by priority and then by age. They come back by themselves unless they are touched. */
export async function fetchJobs(limit: number, ignoreGroups: readonly string[] = []): Promise<Job[]> {
  const options = { batchSize: limit, ignoreGroups: [...ignoreGroups] };
  const jobs = await use(fromPrisma(prisma()), (queue, db) => queue.fetch<JobData>(QUEUE, { ...options, db }));
  return jobs.map(({ id, data }) => ({ jobId: id, institutionId: data.institutionId, messageId: data.messageId }));
}

/** The sign of life for jobs that are being worked on (R69). */
export async function touchJobs(jobIds: readonly string[]): Promise<void> {
  if (jobIds.length > 0) {
    await use(fromPrisma(prisma()), (queue, db) => queue.touch(QUEUE, [...jobIds], { db }));
  }
}

type Connection = ReturnType<typeof adapt>;

/** pg-boss asks for a regclass at its start, which Prisma cannot read; as text it can. */
function fromPrisma(client: Parameters<typeof adapt>[0]): Connection {
  const db = adapt(client);
  return { executeSql: (text, values) => db.executeSql(text.replace(/(to_regclass\('[\w.]+'\)) as name/, "$1::text AS name"), values) };
}

let started: Promise<PgBoss> | undefined;

/**
 * What pg-boss wants to know at its start is read through the caller's own connection: whoever comes first may
 * be inside a transaction, and a second connection asked for there could wait for ever.
 */
async function use<T>(db: Connection, work: (queue: PgBoss, db: Connection) => Promise<T>): Promise<T> {
  started ??= start(db);
  const mine = started;
  try {
    return await work(await mine, db);
  } catch (error) {
    if (started === mine) {
      started = undefined;
    }
    throw error;
  }
}

async function start(db: Connection): Promise<PgBoss> {
  const queue = new PgBoss({ db, schema: JOB_SCHEMA, migrate: false, supervise: false, schedule: false, clock: WITHOUT_INTERVALS });
  // Every call brings its own connection and throws its own errors; nothing happens between them.
  queue.on("error", () => undefined);
  await queue.start();
  return queue;
}

const WITHOUT_INTERVALS: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: () => undefined,
  clearInterval: () => undefined,
};
