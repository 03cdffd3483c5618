import type { Server } from "node:http";
import { logger } from "@/lib/core/logger";

type Task = () => unknown;
type State = { closing: boolean; readonly servers: Set<Server>; readonly tasks: Set<Task> };

export type ShutdownSettings = {
  /** How long what runs may still take (R74). */
  readonly finishMs?: number;
  /** How long new requests are still taken, so that a load balancer reads the 503 before the door shuts. */
  readonly drainMs?: number;
  readonly exit?: (code: number) => void;
};

const SIGNALS = ["SIGTERM", "SIGINT"] as const;
const SWEEP_MS = 50;
const TASKS_MS = 5_000;

const SHARED = Symbol.for("reachable.shutdown");
const shared = globalThis as { [SHARED]?: State };

/** One per process: the server's bundles each hold a copy of this module. */
shared[SHARED] ??= { closing: false, servers: new Set(), tasks: new Set() };
const state: State = shared[SHARED];

export function isShuttingDown(): boolean {
  return state.closing;
}

/** Runs once no request is left, all tasks side by side. */
export function onShutdown(task: Task): void {
  state.tasks.add(task);
}

export function trackServer(server: Server): void {
  state.servers.add(server);
}

/** Takes the signals over, also from those who already listen to them: two of them would race to end the process. */
export function installShutdown(settings: ShutdownSettings = {}): void {
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal);
    process.on(signal, () => {
      void shutDown(signal, settings);
    });
  }
}

async function shutDown(reason: string, { finishMs = 25_000, drainMs = 500, exit = process.exit }: ShutdownSettings = {}): Promise<void> {
  if (state.closing) {
    return;
  }
  state.closing = true;
  logger.info({ reason }, "shutting down");
  const deadline = performance.now() + finishMs;
  await wait(drainMs);
  await Promise.all([...state.servers].map((server) => closeServer(server, deadline)));
  const results = await Promise.race([Promise.allSettled([...state.tasks].map(async (task) => task())), wait(TASKS_MS)]);
  for (const result of results ?? []) {
    if (result.status === "rejected") {
      logger.error({ err: result.reason }, "a shutdown task failed");
    }
  }
  logger.info("stopped");
  exit(0);
}

/** Idle connections are swept again and again, since each becomes idle only when its answer is out. */
async function closeServer(server: Server, deadline: number): Promise<void> {
  const closed = new Promise<"closed">((resolve) => server.close(() => resolve("closed")));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const outcome = await Promise.race([closed, wait(deadline - performance.now())]);
  clearInterval(sweep);
  if (outcome !== "closed") {
    logger.warn("requests were cut off at the end of the shutdown");
    server.closeAllConnections();
  }
}

function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms), undefined).unref());
}
