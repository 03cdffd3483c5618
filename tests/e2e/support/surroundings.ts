import { readFileSync } from "node:fs";
import pg from "pg";
import { at } from "@/scripts/parts/paths";

function given(name: string): string {
  return process.env[name] ?? "";
}

export const ORIGIN = given("E2E_ORIGIN");
/** Where the console and the worker look for name servers; a spec may start one there. */
export const dnsPort = () => Number(given("E2E_DNS_PORT"));
/** The one port on loopback that senders may reach; a spec may start a mail server there. */
export const smtpPort = () => Number(given("E2E_SMTP_PORT"));
export const setupLink = () => given("E2E_SETUP_LINK");

/** Ends the worker and the console and starts both again, with further settings until the next time; the database and what was caught stay. */
export async function restart(settings: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(given("E2E_RESTART_URL"), { method: "POST", body: JSON.stringify(settings) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** SQL as a superuser, who sees every row. */
export async function sql<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: given("E2E_DATABASE_ADMIN_URL") });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

type Words = { [key: string]: string | Words };

/** The words of a namespace in a language, as the screens show them: `words("ja", "errors").field.required`. */
export function words(locale: string, namespace: string, key: string): string {
  const file = at("lib/i18n/messages", locale, `${namespace}.json`);
  const found = key
    .split(".")
    .reduce<string | Words | undefined>(
      (at, part) => (typeof at === "object" ? at[part] : undefined),
      JSON.parse(readFileSync(file, "utf8")) as Words,
    );
  if (typeof found !== "string") throw new Error(`${namespace}.${key} is no text in ${locale}`);
  return found;
}
