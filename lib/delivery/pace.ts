const WIDEN_EVERY_MS = 3_000;
const MAX_BATCH = 100;
const RATE_WINDOW_MS = 1_000;
/** A batch is about this share of a second's work, so that what is urgent never waits behind much. */
const BATCH_SHARE = 0.1;

/**
 * How many messages may be on their way at once, and how many are taken from the queue at a time. What was
 * accepted but not yet written down when a worker is killed is sent again, so there is one slot at first, and twice
 * as many every three seconds: a worker that keeps dying repeats one message each time, not a whole batch.
 */
export class Pace {
  readonly #max: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  #windowStart: number;
  #inWindow = 0;
  #perWindow = 0;

  constructor(max: number, now: () => number = () => performance.now()) {
    this.#max = max;
    this.#now = now;
    this.#startedAt = this.#windowStart = now();
  }

  slots(): number {
    const doublings = Math.floor((this.#now() - this.#startedAt) / WIDEN_EVERY_MS);
    return Math.min(this.#max, 2 ** Math.min(doublings, 10));
  }

  /** No more slots will come. */
  isWide(): boolean {
    return this.slots() === this.#max;
  }

  batch(): number {
    this.#roll();
    const slots = this.slots();
    const rate = Math.max(this.#perWindow, this.#inWindow);
    return Math.min(MAX_BATCH, slots ** 2, Math.max(slots, Math.ceil(rate * BATCH_SHARE)));
  }

  finished(count: number): void {
    this.#roll();
    this.#inWindow += count;
  }

  #roll(): void {
    const now = this.#now();
    const windows = Math.floor((now - this.#windowStart) / RATE_WINDOW_MS);
    if (windows > 0) {
      this.#perWindow = windows === 1 ? this.#inWindow : 0;
      this.#inWindow = 0;
      this.#windowStart += windows * RATE_WINDOW_MS;
    }
  }
}
