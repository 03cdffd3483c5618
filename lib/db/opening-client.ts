import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

/** What the transaction that is being opened belongs to; `null` for the global tables alone. */
export interface Opening {
  setting: "app.institution_id" | "app.user_id";
  value: string;
}

/** Set by the unit of work around the opening of its transaction, and by nothing else. */
export const opening = new AsyncLocalStorage<Opening | null>();

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

const NOTHING = { command: "BEGIN", rowCount: null, oid: 0, rows: [], fields: [] };

/**
 * Opens a transaction and sets its institution together with its first statement, in one message. Should either
 * fail, the server refuses every statement after it, so nothing runs without them.
 */
export class OpeningClient extends pg.Client {
  #begin: string | null = null;

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true } as pg.ClientConfig);
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg declares a dozen overloads, and this passes all of them on
  override query(...args: any[]): any {
    const send = () => super.query(...(args as Parameters<pg.Client["query"]>));
    if (args[0]?.text === "BEGIN") {
      const belongs = opening.getStore();
      this.#begin = belongs ? `BEGIN; SELECT set_config('${belongs.setting}', ${pg.escapeLiteral(belongs.value)}, true)` : "BEGIN";
      return Promise.resolve(NOTHING);
    }
    if (this.#begin === null) {
      return send();
    }
    const begin = this.#begin;
    this.#begin = null;
    const { stream } = this.connection;
    stream.cork();
    super.query(begin).catch(() => undefined);
    const sent = send();
    stream.uncork();
    return sent;
  }
}
