import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { closePrisma, prisma } from "@/lib/db/client";
import { statementName } from "@/lib/db/opening-client";
import { asUser, inInstitution, onceInInstitution, outsideInstitutions, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { makeInstitution, makeSubscriber } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";

// Before the pool is made: one connection, so that each unit of work gets what the last one left.
process.env.DATABASE_POOL_SIZE = "1";

const NAME = "Lakeside Clinic";

let here: string;
let there: string;

beforeEach(async () => {
  [here, there] = [await makeInstitution(NAME), await makeInstitution(NAME)];
});

afterAll(closePrisma);

interface Seen {
  pid: number;
  institution: string | null;
  person: string | null;
}

const look = (tx: Pick<Tx, "$queryRaw">) =>
  tx.$queryRaw<Seen[]>`
    SELECT pg_backend_pid() AS pid, nullif(current_setting('app.institution_id', true), '') AS institution,
           nullif(current_setting('app.user_id', true), '') AS person`.then(([row]) => row);

/** What the next one finds on the connection: no transaction, no setting, and it works. */
async function expectClean(): Promise<void> {
  const seen = await look(prisma());
  expect(seen).toMatchObject({ institution: null, person: null });
  const [server] = await asAdmin<{ state: string }>("SELECT state FROM pg_stat_activity WHERE pid = $1", [seen?.pid]);
  expect(server?.state).toBe("idle");
  expect(await inInstitution(here, (tx) => look(tx))).toMatchObject({ pid: seen?.pid, institution: here });
}

async function nameOf(id: string): Promise<string | undefined> {
  return (await asAdmin<{ name: string }>("SELECT name FROM institution WHERE id = $1", [id]))[0]?.name;
}

const rename = (tx: Tx, name: string) => tx.$executeRaw`UPDATE institution SET name = ${name} WHERE id = ${here}::uuid`;

/** Writes, and fails after it has. */
const renameAndFail = (tx: Tx) =>
  tx.$queryRaw`WITH renamed AS (UPDATE institution SET name = 'Gone' WHERE id = ${here}::uuid RETURNING 1)
               SELECT 1 / (1 - count(*))::int FROM renamed`;

describe("a transaction that opens with its first statement", () => {
  test("R63: the institution is set for the first statement of a transaction, and for nobody after its end", async () => {
    expect(await inInstitution(here, (tx) => look(tx))).toMatchObject({ institution: here, person: null });
    await expectClean();
    expect(await onceInInstitution(there, (tx) => look(tx))).toMatchObject({ institution: there, person: null });
    await expectClean();
    const userId = newId();
    expect(await asUser(userId, (tx) => look(tx))).toMatchObject({ institution: null, person: userId });
    await expectClean();
  });

  test("R63: the institution is set for every further statement, and for those that are sent together", async () => {
    const seen = await inInstitution(here, async (tx) => [...(await Promise.all([look(tx), look(tx)])), await look(tx)]);
    expect(seen.map((row) => row?.institution)).toEqual([here, here, here]);
    await expectClean();
  });

  test("R63: a unit of work without a statement leaves its connection clean, whether it ended well or not", async () => {
    await inInstitution(here, () => Promise.resolve());
    await expectClean();
    await onceInInstitution(here, () => Promise.resolve());
    await expectClean();
    await expect(inInstitution(here, () => Promise.reject(new Error("broken off")))).rejects.toThrow("broken off");
    await expectClean();
    await expect(onceInInstitution(here, () => Promise.reject(new Error("broken off")))).rejects.toThrow("broken off");
    await expectClean();
  });

  test("R63: a first statement that fails takes its transaction back", async () => {
    for (const open of [inInstitution, onceInInstitution]) {
      await expect(open(here, renameAndFail)).rejects.toThrow("division by zero");
      expect(await nameOf(here)).toBe(NAME);
      await expectClean();
    }
  });

  test("R63: after a first statement that failed nothing more runs, though the work goes on", async () => {
    const work = inInstitution(here, async (tx) => {
      await renameAndFail(tx).catch(() => undefined);
      await rename(tx, "Renamed");
    });
    await expect(work).rejects.toThrow("aborted");
    expect(await nameOf(here)).toBe(NAME);
    await expectClean();
  });

  test("R63: work that fails later takes its first statement back too", async () => {
    const work = inInstitution(here, async (tx) => {
      await rename(tx, "Renamed");
      throw new Error("changed its mind");
    });
    await expect(work).rejects.toThrow("changed its mind");
    expect(await nameOf(here)).toBe(NAME);
    await expectClean();
  });

  test("R63: a unit of work for one statement refuses a second one", async () => {
    const work = onceInInstitution(here, async (tx) => {
      await look(tx);
      await rename(tx, "Renamed");
    });
    await expect(work).rejects.toThrow("second statement");
    expect(await nameOf(here)).toBe(NAME);
    await expectClean();
    await onceInInstitution(here, (tx) => rename(tx, "Renamed"));
    expect(await nameOf(here)).toBe("Renamed");
  });

  test("R63: without an institution there are no rows, on the connection that has just served one", async () => {
    await makeSubscriber(here);
    const count = async (tx: Tx) => [await tx.institution.count(), await tx.subscriber.count()];
    expect(await inInstitution(here, count)).toEqual([1, 1]);
    expect(await outsideInstitutions(count)).toEqual([0, 0]);
    await expectClean();
  });

  test.each([
    ["nothing", () => ""],
    ["a word", () => "everything"],
    ["a quote", () => "'"],
    ["a backslash before the quote", () => "\\'"],
    ["a second statement", () => `x', true); SELECT set_config('app.institution_id', '${there}', false); --`],
    ["an institution and a zero byte", () => `${there}\0`],
  ])("R63: with %s in place of an institution's id reads and writes nothing", async (_, id) => {
    const read = await inInstitution(id(), (tx) => tx.institution.findMany()).catch(() => []);
    expect(read).toEqual([]);
    const written = await inInstitution(id(), (tx) => tx.institution.updateMany({ data: { name: "Taken" } })).catch(() => ({ count: 0 }));
    expect(written.count).toBe(0);
    expect([await nameOf(here), await nameOf(there)]).toEqual([NAME, NAME]);
    await expectClean();
  });
});

describe("over two connections", () => {
  beforeAll(async () => {
    await closePrisma();
    env().databasePoolSize = 2;
  });

  test("R63: 200 units of two institutions at once, some of them broken off or failing, see their own alone", async () => {
    const unit = async (turn: number): Promise<Array<string | null | undefined>> => {
      const own = turn % 2 === 0 ? here : there;
      const ids = (tx: Tx) => tx.institution.findMany({ select: { id: true } });
      switch (Math.floor(turn / 2) % 5) {
        case 0:
          return [(await onceInInstitution(own, (tx) => look(tx)))?.institution, own];
        case 1:
          await inInstitution(own, () => Promise.reject(new Error("broken off"))).catch(() => undefined);
          return [own];
        case 2:
          await inInstitution(own, (tx) => tx.$queryRaw`SELECT 1 / 0`).catch(() => undefined);
          return [own, ...(await outsideInstitutions(ids)).map(({ id }) => id)];
        case 3:
          return inInstitution(own, async (tx) => (await Promise.all([look(tx), look(tx)])).map((row) => row?.institution));
        default:
          return (await inInstitution(own, ids)).map(({ id }) => id);
      }
    };
    const seen = await Promise.all(Array.from({ length: 200 }, (_, turn) => unit(turn)));
    const foreign = seen.filter((values, turn) => values.length === 0 || values.some((id) => id !== (turn % 2 === 0 ? here : there)));
    expect(foreign).toEqual([]);
    const [connections] = await asAdmin<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'reachable' AND datname = current_database() AND state = 'idle'",
    );
    expect(connections?.n).toBe(2);
  });
});

test("a statement has one name for good, and beyond 500 of them there are no more", async () => {
  const first = statementName("SELECT 'the first'");
  expect(first).toMatch(/^s\d+$/);
  const names = Array.from({ length: 600 }, (_, turn) => statementName(`SELECT ${turn} AS turn`));
  expect(new Set(names.filter((name) => name !== undefined)).size).toBeLessThan(500);
  expect(names.at(-1)).toBeUndefined();
  expect(statementName("SELECT 'the first'")).toBe(first);
  expect(await inInstitution(here, (tx) => tx.$queryRaw`SELECT 'without a name' AS said`)).toEqual([{ said: "without a name" }]);
});
