/** The way out that a message shares with others; null for one that goes nowhere. */
export interface LaneOf {
  name: string;
  /** Of its jobs, which are passed over while the lane is crowded; null where they have none of their own. */
  group: string | null;
  /** How many may be on their way at once. */
  cap: number;
  /** Which part of the slots it may hold while there are few. */
  share: number;
  /** A claim not begun by then is given back: whether the sender may send is judged anew (R49). */
  keepsMs: number | null;
}

/** Messages of one lane share a way out: one sender, or the system's for one type. */
interface Lane {
  group: string | null;
  cap: number;
  /** Granted in the round that is being claimed. */
  taken: number;
  waiting: number;
  /** When each of those on their way began. */
  startedAt: Map<object, number>;
  lastTookMs: number;
  lastEndedAt: number;
  lastFailed: boolean;
  windowStart: number;
  inWindow: number;
  perSec: number;
}

export type Grant = "granted" | "full" | "slow";

const WINDOW_MS = 1_000;
/** What takes longer is waited for beside the others, in no slot of theirs. */
const LONG_MS = 1_000;
const SLOW_MS = 2_000;
const SLOW_FOR_MS = 30_000;
/** How much of a lane's work may wait here for its turn. */
const AHEAD_SEC = 0.3;
/** And of a lane that nothing is known of, so many times what it may have on its way. */
const AT_LEAST = 5;
const IDLE_MS = 60_000;

/**
 * Who may take how much of this worker, so that a way out that hangs holds up nobody else (R49): a sender has so many
 * messages on their way and a third of a second's work waiting behind them; while it is slow, nothing waits.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Asks for room for one more message that is about to be claimed; none for an urgent one where others hang. */
  take({ name, group, cap }: Pick<LaneOf, "name" | "group" | "cap">, urgent = false): Grant {
    const lane = this.#lane(name);
    [lane.group, lane.cap] = [group, cap];
    if (urgent && this.#hangs(lane)) {
      return "slow";
    }
    if (busy(lane) >= this.#room(lane)) {
      return this.#isSlow(lane) ? "slow" : "full";
    }
    lane.taken += 1;
    return "granted";
  }

  /** The groups whose lanes have more than half of what they may have: for now there is nothing to fetch of them. */
  crowded(): string[] {
    return [...this.#lanes.values()].flatMap((lane) => (lane.group !== null && busy(lane) * 2 > this.#room(lane) ? [lane.group] : []));
  }

  /** A round is claimed: what was granted and not used is free again. */
  settle(): void {
    for (const lane of this.#lanes.values()) {
      lane.taken = 0;
    }
  }

  waits(name: string, change: 1 | -1): void {
    this.#lane(name).waiting += change;
  }

  /** Whether what waits in it gets its turn soon. */
  flows(name: string): boolean {
    return !this.#isSlow(this.#lane(name));
  }

  mayBegin(name: string, cap: number): boolean {
    return this.#lane(name).startedAt.size < cap;
  }

  begins(name: string, message: object): void {
    this.#lane(name).startedAt.set(message, this.#now());
  }

  ends(name: string, message: object, failed = false): void {
    const [lane, now] = [this.#lane(name), this.#now()];
    lane.lastTookMs = now - (lane.startedAt.get(message) ?? now);
    lane.lastEndedAt = now;
    lane.lastFailed = failed;
    lane.startedAt.delete(message);
    this.#rate(lane);
    lane.inWindow += 1;
  }

  /** How many are on their way for so long that nobody should wait for them. */
  long(): number {
    const since = this.#now() - LONG_MS;
    let count = 0;
    for (const [name, lane] of this.#lanes) {
      for (const startedAt of lane.startedAt.values()) {
        count += startedAt < since ? 1 : 0;
      }
      if (lane.startedAt.size + lane.waiting + lane.taken === 0 && lane.lastEndedAt < this.#now() - IDLE_MS) {
        this.#lanes.delete(name);
      }
    }
    return count;
  }

  #room(lane: Lane): number {
    const { cap } = lane;
    return cap === 1 || this.#isSlow(lane) ? cap : Math.max(AT_LEAST * cap, Math.ceil(this.#rate(lane) * AHEAD_SEC));
  }

  #isSlow(lane: Lane): boolean {
    return this.#isHeldUp(lane) || this.#wasSlow(lane);
  }

  /** One that only takes its time, and delivers, does not hang once that message is through. */
  #hangs(lane: Lane): boolean {
    return this.#isHeldUp(lane) || (lane.lastFailed && this.#wasSlow(lane));
  }

  #isHeldUp(lane: Lane): boolean {
    const since = this.#now() - SLOW_MS;
    return [...lane.startedAt.values()].some((startedAt) => startedAt < since);
  }

  #wasSlow(lane: Lane): boolean {
    return lane.lastTookMs > SLOW_MS && this.#now() - lane.lastEndedAt < SLOW_FOR_MS;
  }

  /** Messages a second, of the last whole window or of this one so far. */
  #rate(lane: Lane): number {
    const windows = Math.floor((this.#now() - lane.windowStart) / WINDOW_MS);
    if (windows > 0) {
      lane.perSec = windows === 1 ? lane.inWindow : 0;
      lane.inWindow = 0;
      lane.windowStart += windows * WINDOW_MS;
    }
    return Math.max(lane.perSec, lane.inWindow);
  }

  #lane(name: string): Lane {
    const now = this.#now();
    const lane = this.#lanes.get(name) ?? {
      group: null,
      cap: 1,
      taken: 0,
      waiting: 0,
      startedAt: new Map(),
      lastTookMs: 0,
      lastEndedAt: now,
      lastFailed: false,
      windowStart: now,
      inWindow: 0,
      perSec: 0,
    };
    this.#lanes.set(name, lane);
    return lane;
  }
}

function busy({ taken, waiting, startedAt }: Lane): number {
  return taken + waiting + startedAt.size;
}
