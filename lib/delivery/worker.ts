import { setTimeout as pause } from "node:timers/promises";
import { logger } from "@/lib/core/logger";
import { type Grant, type LaneOf, Lanes } from "@/lib/delivery/lanes";
import { Pace } from "@/lib/delivery/pace";
import type { Job } from "@/lib/delivery/queue";
import type { DeliveryResult } from "@/lib/delivery/result";

export interface Held {
  jobId: string;
  lane: LaneOf | null;
}

/** Asks whether the worker has room for one more of a lane; an urgent one is better off elsewhere than where others hang. */
export type AskRoom = (lane: LaneOf, urgent: boolean) => Grant;

/** An attempt to send one. */
export interface Tried<Message extends Held> {
  message: Message;
  result: Pick<DeliveryResult, "outcome">;
}

/** What the loop works with: a message that was claimed, and what became of an attempt to send it. */
export interface Work<Message extends Held, Attempt extends Tried<Message>> {
  /** The next jobs, in none of these groups. */
  fetch(limit: number, ignoreGroups: readonly string[]): Promise<Job[]>;
  /** Claims what these jobs are about and there is room for; ends what is not to be sent. Leaves out what it cannot claim now. */
  claim(jobs: readonly Job[], ask: AskRoom): Promise<Message[]>;
  /** Never throws. */
  deliver(message: Message): Promise<Attempt>;
  /** Returns the attempts that it could not write down. */
  finish(attempts: readonly Attempt[]): Promise<Attempt[]>;
  release(messages: readonly Message[]): Promise<void>;
  touch(jobIds: readonly string[]): Promise<void>;
}

const IDLE_MS = 200;
/** How often others are looked for behind what a crowded lane has waiting. */
const LOOK_BEHIND_MS = 100;
const LOOK_AGAIN_MS = 250;
const TOUCH_EVERY_MS = 5_000;
/** How long the first that is through waits for others to be written down together with it. */
const GATHER_MS = 15;
const AFTER_FAILURE_MS = 1_000;
/** R74: a send that takes longer is left to whoever comes next. */
const STOP_WITHIN_MS = 20_000;
/** For each slot so many more may be on their way, of those that take long (R49). */
const LONG_PER_SLOT = 3;

/**
 * Takes messages from the queue, sends a few at a time and writes down what became of them. A slot is free again
 * only when its message is written down: never more than that many can be sent twice (R70).
 */
export class Worker<Message extends Held, Attempt extends Tried<Message>> {
  readonly #work: Work<Message, Attempt>;
  readonly #pace: Pace;
  readonly #stop = new AbortController();
  readonly #lanes = new Lanes();
  #waiting: Array<{ message: Message; since: number }> = [];
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
        await this.#giveBackStale();
        const limit = this.#pace.batch();
        if (this.#ready() * 2 > limit) {
          // what is on its way for long makes room too, and wakes nobody
          await this.#woken(LOOK_AGAIN_MS);
          this.#begin();
          continue;
        }
        const crowded = this.#lanes.crowded();
        const jobs = await this.#work.fetch(limit, crowded);
        if (jobs.length === 0) {
          await this.#idle(crowded);
          continue;
        }
        await this.#claim(jobs);
        this.#begin();
      } catch (error) {
        logger.error({ err: error }, "the worker could not take messages");
        await pause(AFTER_FAILURE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Until there may be something to fetch: whenever one is through, or once a crowded lane has room again. */
  async #idle(crowded: readonly string[]): Promise<void> {
    const until = performance.now() + (crowded.length > 0 ? LOOK_BEHIND_MS : IDLE_MS);
    do {
      await this.#woken(Math.max(1, until - performance.now()));
    } while (crowded.length > 0 && performance.now() < until && !this.#stop.signal.aborted && same(this.#lanes.crowded(), crowded));
  }

  async #claim(jobs: readonly Job[]): Promise<void> {
    try {
      const claimed = await this.#work.claim(jobs, (lane, urgent) => this.#lanes.take(lane, urgent));
      const since = performance.now();
      for (const message of claimed) {
        this.#waiting.push({ message, since });
        if (message.lane) this.#lanes.waits(message.lane.name, 1);
      }
    } finally {
      this.#lanes.settle();
    }
  }

  #begin(): void {
    if (this.#stop.signal.aborted || this.#waiting.length === 0) {
      return;
    }
    // at first, when slots are what limits how much a killed worker repeats, no more than one beside each
    const beside = Math.min(this.#lanes.long(), this.#pace.slots() * (this.#pace.isWide() ? LONG_PER_SLOT : 1));
    let free = this.#pace.slots() + beside - this.#sending.size;
    const now = performance.now();
    this.#waiting = this.#waiting.filter(({ message, since }) => {
      const { lane } = message;
      if (free <= 0 || (lane && (!this.#mayBegin(lane) || isStale(lane, now - since)))) {
        return true;
      }
      free -= 1;
      this.#deliver(message);
      return false;
    });
  }

  #deliver(message: Message): void {
    const { lane } = message;
    if (lane) {
      this.#lanes.waits(lane.name, -1);
      this.#lanes.begins(lane.name, message);
    }
    this.#sending.add(message);
    void this.#work.deliver(message).then((attempt) => {
      const { outcome } = attempt.result;
      if (lane) this.#lanes.ends(lane.name, message, outcome === "temporary" || outcome === "unknown");
      this.#unwritten.push(attempt);
      this.#gather();
      this.#begin();
    });
  }

  /** How many get their turn soon; those of a crowded lane are kept from growing by its group. */
  #ready(): number {
    return this.#waiting.filter(({ message: { lane } }) => {
      return !lane || (lane.group === null ? this.#lanes.flows(lane.name) : this.#mayBegin(lane));
    }).length;
  }

  #mayBegin({ name, cap, share }: LaneOf): boolean {
    return this.#lanes.mayBegin(name, Math.min(cap, Math.max(1, Math.floor(this.#pace.slots() * share))));
  }

  async #giveBackStale(): Promise<void> {
    const now = performance.now();
    const [stale, rest] = [this.#waiting.filter(isTooOld), this.#waiting.filter((entry) => !isTooOld(entry))];
    function isTooOld({ message: { lane }, since }: { message: Message; since: number }): boolean {
      return lane !== null && isStale(lane, now - since);
    }
    if (stale.length > 0) {
      this.#waiting = rest;
      await this.#release(stale.map(({ message }) => message));
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
      await this.#release(rest.map(({ message }) => message));
    }
  }

  async #release(messages: readonly Message[]): Promise<void> {
    for (const { lane } of messages) {
      if (lane) this.#lanes.waits(lane.name, -1);
    }
    // the two would lock the same jobs, each in its own order
    await this.#touching;
    await this.#work.release(messages).catch((error: unknown) => logger.error({ err: error }, "messages could not be given back"));
  }

  #touch(): void {
    const held = [...this.#waiting.map(({ message }) => message), ...this.#sending].filter((message) => !this.#writing.has(message));
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

function same(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each) => others.includes(each));
}

function isStale({ keepsMs }: LaneOf, waitedMs: number): boolean {
  return keepsMs !== null && waitedMs > keepsMs;
}
