import { logger } from "@/lib/core/logger";
import type { Outlets } from "@/lib/delivery/outlets";
import { fetchJobs, type Job, touchJobs } from "@/lib/delivery/queue";
import { type AskRoom, Worker } from "@/lib/delivery/worker";
import { type ClaimedMessage, claimMessages } from "@/lib/services/messages/claim";
import { type Attempt, deliverMessage } from "@/lib/services/messages/deliver";
import { finishMessages } from "@/lib/services/messages/finish";
import { releaseMessages } from "@/lib/services/messages/release";
import type { SenderOutlets } from "@/lib/services/messages/sender-outlets";

/** How many institutions are worked for at a time, each in a transaction of its own. */
const INSTITUTIONS_AT_ONCE = 4;

/** The worker that empties the outbox through the system's outlets and the senders' own. */
export function createOutbox(system: Outlets, senders: SenderOutlets, concurrency: number): Worker<ClaimedMessage, Attempt> {
  return new Worker(
    { fetch: fetchJobs, claim, deliver: (message) => deliverMessage(system, senders, message), finish, release, touch: touchJobs },
    concurrency,
  );
}

/** A group that cannot be claimed now comes back by itself: nobody touches its jobs. */
async function claim(jobs: readonly Job[], ask: AskRoom): Promise<ClaimedMessage[]> {
  const claimed = new Map<string, ClaimedMessage>();
  await eachInstitution(
    jobs,
    (job) => job.institutionId,
    async (institutionId, group) => {
      for (const message of await claimMessages(institutionId, group, ask)) {
        claimed.set(message.jobId, message);
      }
    },
  );
  // in the queue's order, which is that of priority
  return jobs.flatMap(({ jobId }) => claimed.get(jobId) ?? []);
}

async function finish(attempts: readonly Attempt[]): Promise<Attempt[]> {
  const failed: Attempt[] = [];
  const write = (institutionId: string, group: readonly Attempt[]) => finishMessages(institutionId, group);
  for (const group of await eachInstitution(attempts, ({ message }) => message.institutionId, write)) {
    // one that cannot be written must not hold up the others
    for (const attempt of group) {
      if (group.length === 1 || (await eachInstitution([attempt], ({ message }) => message.institutionId, write)).length > 0) {
        failed.push(attempt);
      }
    }
  }
  return failed;
}

async function release(messages: readonly ClaimedMessage[]): Promise<void> {
  await eachInstitution(messages, (message) => message.institutionId, releaseMessages);
}

/** Runs `work` for each institution's part, a few at a time, and returns the parts that failed. */
async function eachInstitution<T>(
  items: readonly T[],
  institutionOf: (item: T) => string,
  work: (institutionId: string, group: readonly T[]) => Promise<unknown>,
): Promise<(readonly T[])[]> {
  const groups = [...Map.groupBy(items, institutionOf)];
  const failed: (readonly T[])[] = [];
  const next = async (): Promise<void> => {
    for (let entry = groups.shift(); entry; entry = groups.shift()) {
      const [institutionId, group] = entry;
      try {
        await work(institutionId, group);
      } catch (error) {
        logger.error({ err: error, institutionId, count: group.length }, "a part of the outbox failed");
        failed.push(group);
      }
    }
  };
  await Promise.all(Array.from({ length: INSTITUTIONS_AT_ONCE }, next));
  return failed;
}
