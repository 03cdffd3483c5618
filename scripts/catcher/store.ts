import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export type Kind = "mail" | "text";

export interface CaughtMail {
  id: string;
  kind: "mail";
  at: string;
  from: string;
  to: string[];
  /** The message as it came over the wire, base64. */
  raw: string;
}

export interface CaughtText {
  id: string;
  kind: "text";
  at: string;
  to: string;
  /** What an institution's sender sends from. */
  from?: string;
  text: string;
  reference: string | null;
}

export type Caught = CaughtMail | CaughtText;
type New<T> = T extends Caught ? Omit<T, "id" | "at"> : never;

const KEEP = 500;
const ID = /^(mail|text)-[0-9a-z]{10}-[0-9a-f]{12}$/;

/** The newest messages of each kind, one file each; a name sorts by its moment. */
export class CaughtStore {
  readonly #folder: string;
  #ids: string[] = [];
  #last = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<CaughtStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const store = new CaughtStore(folder);
    const files = await readdir(folder);
    store.#ids = files
      .map((file) => file.replace(/\.json$/, ""))
      .filter((id) => ID.test(id))
      .sort();
    return store;
  }

  async add(message: New<Caught>): Promise<Caught> {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const id = `${message.kind}-${this.#last.toString(36).padStart(10, "0")}-${randomBytes(6).toString("hex")}`;
    const caught: Caught = { id, at: new Date(this.#last).toISOString(), ...message };
    const file = this.#file(id);
    await writeFile(`${file}.new`, JSON.stringify(caught), { mode: 0o600 });
    await rename(`${file}.new`, file);
    this.#ids.push(id);
    await this.#forgetOld(message.kind);
    return caught;
  }

  async get(id: string): Promise<Caught | undefined> {
    if (!this.#ids.includes(id)) return undefined;
    return JSON.parse(await readFile(this.#file(id), "utf8")) as Caught;
  }

  /** Newest first, from the one before `before` on. */
  async list(kind: Kind | undefined, limit: number, before: string | undefined): Promise<{ messages: Caught[]; more: boolean }> {
    const wanted = this.#ids.filter((id) => kind === undefined || id.startsWith(`${kind}-`));
    const newestFirst = wanted.sort((a, b) => moment(b).localeCompare(moment(a)));
    const older = before === undefined ? newestFirst : newestFirst.filter((id) => moment(id) < moment(before));
    const found = await Promise.all(older.slice(0, limit).map((id) => this.get(id)));
    return { messages: found.filter((message) => message !== undefined), more: older.length > limit };
  }

  async clear(): Promise<void> {
    const ids = this.#ids.splice(0);
    await Promise.all(ids.map((id) => rm(this.#file(id), { force: true })));
  }

  async #forgetOld(kind: Kind): Promise<void> {
    const ids = this.#ids.filter((id) => id.startsWith(`${kind}-`));
    const old = ids.slice(0, Math.max(0, ids.length - KEEP));
    this.#ids = this.#ids.filter((id) => !old.includes(id));
    await Promise.all(old.map((id) => rm(this.#file(id), { force: true })));
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

function moment(id: string): string {
  return id.slice(id.indexOf("-") + 1);
}
