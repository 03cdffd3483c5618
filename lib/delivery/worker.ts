import { setTimeout as pause } from "node:timers/promises";
import { logger } from "@/lib/core/logger";
import { Pace } from "@/lib/delivery/pace";
import type { Job } from "@/lib/delivery/queue";

/** What the loop works with: a message that was claimed, and what became of an attempt to send it. */
export interface Work<Message extends { jobId: string }, Attempt extends { message: Message }> {
  fetch(limit: number): Promise<Job[]>;
  /** Claims what these jobs are about; ends what is not to be sent. Leaves out what it cannot claim now. */
  claim(jobs: readonly Job[]): Promise<Message[]>;
  /** Never throws. */
  deliver(message: Message): Promise<Attempt>;
  /** Returns the attempts that it could not write down. */
  finish(attempts: readonly Attempt[]): Promise<Attempt[]>;
  release(messages: readonly Message[]): Promise<void>;
  touch(jobIds: readonly string[]): Promise<void>;
}

const IDLE_MS = 200;
const TOUCH_EVERY_MS = 5_000;
/** How long the first that is through waits for others to be written down together with it. */
const GATHER_MS = 15;
const AFTER_FAILURE_MS = 1_000;
/** R74: a send that takes longer is left to whoever comes next. */
const STOP_WITHIN_MS = 20_000;

/**
 * Takes messages from the queue, sends a few at a time and writes down what became of them. A slot is free again
 * only when its message is written down: never more than that many can be sent twice (R70).
 */
export class Worker<Message extends { jobId: string }, Attempt extends { message: Message }> {
  readonly #work: Work<Message, Attempt>;
  readonly #pace: Pace;
  readonly #stop = new AbortController();
  readonly #waiting: Message[] = [];
  readonly #sending = new Set<Message>();
  readonly #unwritten: Attempt[] = [];
  #writing = new Set<Message>();
  #touching: Promise<void> = Promise.resolve();
  #flushing = false;
  #wake: (() => void) | undefined;
  #loop: Promise<void> | undefined;
  #touchTimer: NodeJS.Timeout | undefined;
  #gatherTimer: NodeJS.Timeout | undefined;

  constructor(work: Work<Message, Attempt>, concurrency: number, pace = new Pace(concurrency)) {
    this.#work = work;
    this.#pace = pace;
  }

  start(): void {
    this.#touchTimer = setInterval(() => this.#touch(), TOUCH_EVERY_MS);
    this.#loop = this.#run();
  }

  /** R74: begins nothing more, lets what is under way come to its end, gives the rest back. */
  async stop(withinMs = STOP_WITHIN_MS): Promise<void> {
    const deadline = performance.now() + withinMs;
    this.#stop.abort();
    this.#wake?.();
    await this.#loop;
    await this.#giveBack();
    while (this.#sending.size > 0 && performance.now() < deadline) {
      await this.#woken(Math.max(1, deadline - performance.now()));
    }
    clearInterval(this.#touchTimer);
    await this.#touching;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        const limit = this.#pace.batch();
        if (this.#waiting.length * 2 > limit) {
          await this.#woken(TOUCH_EVERY_MS);
          continue;
        }
        const jobs = await this.#work.fetch(limit);
        if (jobs.length === 0) {
          await this.#woken(IDLE_MS);
          continue;
        }
        this.#waiting.push(...(await this.#work.claim(jobs)));
        this.#begin();
      } catch (error) {
        logger.error({ err: error }, "the worker could not take messages");
        await pause(AFTER_FAILURE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #begin(): void {
    while (!this.#stop.signal.aborted && this.#sending.size < this.#pace.slots()) {
      const message = this.#waiting.shift();
      if (!message) {
        return;
      }
      this.#sending.add(message);
      void this.#work.deliver(message).then((attempt) => {
        this.#unwritten.push(attempt);
        this.#gather();
      });
    }
  }

  /** Half of the slots make a transaction worth its while; so does the lack of anything to wait for. */
  #gather(): void {
    const through = this.#unwritten.length;
    if (this.#flushing || through === 0) {
      return;
    }
    if (through * 2 >= this.#pace.slots() || through === this.#sending.size) {
      void this.#flush();
    } else {
      this.#gatherTimer ??= setTimeout(() => void this.#flush(), GATHER_MS);
    }
  }

  async #flush(): Promise<void> {
    this.#flushing = true;
    clearTimeout(this.#gatherTimer);
    this.#gatherTimer = undefined;
    // the two would lock the same jobs, each in its own order
    await this.#touching;
    const attempts = this.#unwritten.splice(0);
    this.#writing = new Set(attempts.map(({ message }) => message));
    const failed = new Set(await this.#work.finish(attempts));
    this.#writing = new Set();
    for (const attempt of attempts) {
      if (failed.has(attempt)) {
        this.#unwritten.push(attempt);
      } else {
        this.#sending.delete(attempt.message);
      }
    }
    this.#pace.finished(attempts.length - failed.size);
    this.#begin();
    this.#wake?.();
    if (failed.size > 0) {
      await pause(AFTER_FAILURE_MS);
    }
    this.#flushing = false;
    this.#gather();
  }

  async #giveBack(): Promise<void> {
    const rest = this.#waiting.splice(0);
    if (rest.length > 0) {
      await this.#work.release(rest).catch((error: unknown) => logger.error({ err: error }, "messages could not be given back"));
    }
  }

  #touch(): void {
    const held = [...this.#waiting, ...this.#sending].filter((message) => !this.#writing.has(message));
    this.#touching = this.#work
      .touch(held.map(({ jobId }) => jobId))
      .catch((error: unknown) => logger.error({ err: error }, "jobs could not be touched"));
    // more slots may have opened meanwhile, while every one before is held up
    this.#begin();
  }

  #woken(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
