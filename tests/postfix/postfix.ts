import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import PostalMime, { type Email } from "postal-mime";

/** The Postfix that scripts/try-postfix.sh has started. */
export const postfix = {
  folder: given("POSTFIX_FOLDER"),
  address: given("POSTFIX_ADDRESS"),
  host: given("POSTFIX_HOST"),
  user: given("POSTFIX_USER"),
  password: given("POSTFIX_PASSWORD"),
};

const WITHIN_MS = 20_000;

const authority = (): string => readFileSync(join(postfix.folder, "tls/ca.pem"), "utf8");

/** Settings as a form gives them, right in everything. */
export function rightSettings() {
  return {
    host: postfix.host,
    port: 587,
    security: "starttls",
    auth: "password",
    username: postfix.user,
    password: postfix.password,
    connectionTimeoutMs: 5000,
    readTimeoutMs: 5000,
    ca: authority(),
  };
}

/**
 * What Postfix wrote down, once every conversation is over: "auth=1" for a password that it took, "auth=0/1" for one
 * that it was given.
 */
export async function settledLog(): Promise<string> {
  return within(() => {
    const text = readFileSync(join(postfix.folder, "log/mail.log"), "utf8");
    const begun = text.match(/: connect from/g)?.length;
    return Promise.resolve(begun === text.match(/: disconnect from/g)?.length ? text : undefined);
  }, "an end of every conversation");
}

/** Waits for the first mail in somebody's box whose text or subject matches, as it was delivered. */
export function arrivedMail(box: "admin" | "member", what: RegExp): Promise<Email & { raw: string }> {
  const folder = join(postfix.folder, "mail", box, "new");
  return within(async () => {
    for (const name of list(folder)) {
      const raw = readFileSync(join(folder, name), "utf8");
      const mail = await PostalMime.parse(raw);
      if (what.test(`${mail.subject}\n${mail.text}`)) {
        return { ...mail, raw };
      }
    }
    return undefined;
  }, `a mail like ${what} for ${box}`);
}

async function within<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const until = performance.now() + WITHIN_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    if (performance.now() > until) {
      throw new Error(`waited in vain for ${what}`);
    }
    await pause(50);
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start this with scripts/try-postfix.sh`);
  }
  return value;
}
