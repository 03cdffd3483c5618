import pg from "pg";
import { Prisma } from "@/lib/db/generated/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { testDatabase } from "./database";

let counted = 0;
const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function counting(this: pg.Client, ...args: unknown[]) {
  counted += 1;
  return original.apply(this, args);
} as typeof pg.Client.prototype.query;

/** How many statements some work sent to the database, those around its transaction included. */
export async function queriesOf(work: () => Promise<unknown>): Promise<number> {
  const before = counted;
  await work();
  return counted - before;
}

/** The plan that the app's own role gets within an institution, as text. */
export function planOf(institutionId: string, query: Prisma.Sql): Promise<string> {
  return inInstitution(institutionId, async (tx) => {
    const rows = await tx.$queryRaw<Array<{ "QUERY PLAN": string }>>(Prisma.sql`EXPLAIN ${query}`);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
}

/** Fills a table as a superuser, and tells the planner. */
export async function fill(table: string, sql: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabase().adminUrl });
  await client.connect();
  try {
    await client.query(sql, values);
    await client.query(`ANALYZE ${client.escapeIdentifier(table)}`);
  } finally {
    await client.end();
  }
}

interface Paged<T> {
  items: T[];
  next: string | null;
  previous: string | null;
}

/** Walks a list to its end and back again: what each way saw, in the list's own order. */
export async function walk<T>(
  read: (cursor: { after?: string; before?: string }) => Promise<Paged<T>>,
): Promise<{ there: T[]; back: T[] }> {
  let page = await read({});
  const there = [...page.items];
  while (page.next) {
    page = await read({ after: page.next });
    there.push(...page.items);
  }
  const back = [...page.items];
  while (page.previous) {
    page = await read({ before: page.previous });
    back.unshift(...page.items);
  }
  return { there, back };
}
