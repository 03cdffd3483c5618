import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

/** What the transaction that is being opened belongs to; `null` for the global tables alone. */
export interface Opening {
  setting: "app.institution_id" | "app.user_id";
  value: string;
  /** It will be one statement: the transaction may end right behind it. */
  single?: boolean;
}

// The client is shared by every copy of this module that a bundler makes, so this has to be too.
const holder = globalThis as unknown as { reachableOpening?: AsyncLocalStorage<Opening | null> };
holder.reachableOpening ??= new AsyncLocalStorage();

/** Set by the unit of work around the opening of its transaction, and by nothing else. */
export const opening = holder.reachableOpening;

const STATEMENT_NAMES_MAX = 500;
const names = new Map<string, string>();

/**
 * A name for each text, so that a connection parses and plans it once. Texts that are put together anew
 * every time would fill the server's memory: beyond so many, the rest goes without.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= STATEMENT_NAMES_MAX) {
    return known;
  }
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

const nothing = (command: string) => Promise.resolve({ command, rowCount: null, oid: 0, rows: [], fields: [] });

/** A transaction that was opened and not begun yet, or that is over already. */
type Transaction = { begin: string; single: boolean } | { over: Promise<unknown> };

/**
 * Opens a transaction and sets its institution together with its first statement, in one message. Should either
 * fail, the server refuses every statement after it, so nothing runs without them.
 */
export class OpeningClient extends pg.Client {
  #transaction: Transaction | null = null;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true } as pg.ClientConfig);
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads, and this passes all of them on
  override query(...args: any[]): any {
    const text: unknown = args[0]?.text;
    if (text === "BEGIN") {
      this.#transaction = opened(opening.getStore() ?? null);
      return nothing(text);
    }
    const transaction = this.#transaction;
    if (transaction === null) {
      return this.#send(args);
    }
    this.#transaction = null;
    if ("over" in transaction) {
      return text === "COMMIT" || text === "ROLLBACK"
        ? transaction.over
        : Promise.reject(new Error("a second statement in a single one's transaction"));
    }
    this.#send([transaction.begin]).catch(() => undefined);
    const sent = this.#send(args);
    if (transaction.single && text !== "ROLLBACK" && text !== "COMMIT") {
      const over = this.#send(["COMMIT"]);
      over.catch(() => undefined);
      this.#transaction = { over };
    }
    return sent;
  }

  /** What is sent within one turn of the loop leaves in one packet: between two statements that go together, Prisma waits a little. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  #send(args: any[]): Promise<unknown> {
    const { stream } = this.connection;
    stream.cork();
    setImmediate(() => stream.uncork());
    return super.query(...(args as Parameters<pg.Client["query"]>)) as unknown as Promise<unknown>;
  }
}

function opened(belongs: Opening | null): Transaction {
  if (belongs === null) {
    return { begin: "BEGIN", single: false };
  }
  const begin = `BEGIN; SELECT set_config('${belongs.setting}', ${pg.escapeLiteral(belongs.value)}, true)`;
  return { begin, single: belongs.single ?? false };
}
