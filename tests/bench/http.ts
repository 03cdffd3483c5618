import type pg from "pg";
import { type Load, load, median, type Target } from "./load.ts";
import type { Person, Seeded } from "./seed.ts";
import { record } from "./table.ts";

export interface HttpBench {
  db: pg.Client;
  seeded: Seeded;
  ports: { ours: number; bare: number };
  /** The headers of a signed-in browser. */
  headersOf: (person: Person) => Promise<Record<string, string>>;
  rounds: number;
  roundMs: number;
  /** Called after each loaded round. */
  loaded: () => void;
}

interface Pair {
  ours: Target;
  bare: Target;
}

const CONNECTIONS = [1, 32];
const ADDED = "bench-";
let serial = 0;

interface Operation {
  aim: number;
  pair: (bench: HttpBench, person: Person) => Promise<Pair>;
  /** Whether it is measured for a person who has so many; none: for everybody. */
  only?: (size: number, sizes: readonly number[]) => boolean;
}

/** To add one counts those that its owner has, at most 20 by default: as one of a few, and among many who have few. */
const OPERATIONS: Record<string, Operation> = {
  create: { aim: 0.5, pair: createPair, only: (size, sizes) => size === Math.min(...sizes) },
  "create for others": { aim: 0.5, pair: spreadPair, only: (size, sizes) => size === Math.max(...sizes) },
  list: { aim: 0.6, pair: listPair },
  toggle: { aim: 0.5, pair: togglePair },
};

/** Ours and the bare route in turns, so that whatever else this machine does falls on both. */
export async function benchHttp(bench: HttpBench): Promise<void> {
  const sizes = [...bench.seeded.people.keys()];
  for (const [name, { aim, pair, only = () => true }] of Object.entries(OPERATIONS)) {
    const people = [...bench.seeded.people].filter(([size]) => only(size, sizes));
    for (const connections of CONNECTIONS) {
      const found = new Map<number, { ours: Load[]; bare: Load[] }>(people.map(([size]) => [size, { ours: [], bare: [] }]));
      for (let round = -1; round < bench.rounds; round += 1) {
        for (const [size, person] of people) {
          const { ours, bare } = await pair(bench, person);
          const results = { ours: await load(ours, connections, bench.roundMs), bare: await load(bare, connections, bench.roundMs) };
          bench.loaded();
          if (name.startsWith("create")) await tidy(bench.db);
          // the first round only warms up
          if (round >= 0) for (const side of ["ours", "bare"] as const) found.get(size)?.[side].push(results[side]);
        }
      }
      report(name, connections, aim, found);
    }
  }
}

function report(name: string, connections: number, aim: number, found: Map<number, { ours: Load[]; bare: Load[] }>): void {
  for (const [size, { ours, bare }] of found) {
    const [mine, theirs] = [median(ours.map(({ perSecond }) => perSecond)), median(bare.map(({ perSecond }) => perSecond))];
    record({
      what: `${name}, ${size.toLocaleString("en")} contact points, ${connections} ${connections === 1 ? "connection" : "connections"}`,
      measured: `${mine.toFixed(0)}/s, ${median(ours.map(({ medianMs }) => medianMs)).toFixed(1)} ms`,
      beside: `${theirs.toFixed(0)}/s, ${median(bare.map(({ medianMs }) => medianMs)).toFixed(1)} ms`,
      ratio: median(ours.map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? Number.NaN))),
      aim: `≥ ${aim}`,
    });
  }
  const [few, many] = [...found.values()].map(({ ours }) => ours);
  if (name !== "list" || few === undefined || many === undefined) return;
  record({
    what: `list, time with the most beside the fewest, ${connections}`,
    measured: "",
    ratio: median(few.map(({ perSecond }, round) => perSecond / (many[round]?.perSecond ?? Number.NaN))),
    aim: "≤ 1.2",
  });
}

async function createPair({ seeded, ports, headersOf }: HttpBench, person: Person): Promise<Pair> {
  const headers = await headersOf(person);
  return {
    ours: { port: ports.ours, expect: 201, next: () => ({ method: "POST", path: "/api/v1/contact-points", headers, body: created({}) }) },
    bare: bareCreate(seeded, ports, () => person.twin.subscriberId),
  };
}

/** As an office adds people: each has few, and no two are waited for. */
async function spreadPair({ seeded, ports, headersOf }: HttpBench, person: Person): Promise<Pair> {
  const headers = await headersOf(person);
  const somebody = () => seeded.others[serial % seeded.others.length] ?? "";
  return {
    ours: {
      port: ports.ours,
      expect: 201,
      next: () => ({ method: "POST", path: "/api/v1/contact-points", headers, body: created({ subscriberId: somebody() }) }),
    },
    bare: bareCreate(seeded, ports, somebody),
  };
}

function bareCreate({ institutionId }: Seeded, ports: HttpBench["ports"], subscriber: () => string): Target {
  return {
    port: ports.bare,
    expect: 201,
    next: () => ({ method: "POST", path: "/items", body: created({ institution: institutionId, subscriber: subscriber() }) }),
  };
}

function created(more: Record<string, string>): string {
  serial += 1;
  return JSON.stringify({ type: "email", label: `Address ${serial}`, config: { email: `${ADDED}${serial}@example.com` }, ...more });
}

async function listPair({ seeded, ports, headersOf }: HttpBench, person: Person): Promise<Pair> {
  const headers = await headersOf(person);
  const path = `/items?institution=${seeded.institutionId}&subscriber=${person.twin.subscriberId}`;
  return {
    ours: { port: ports.ours, expect: 200, next: () => ({ method: "GET", path: "/api/v1/contact-points", headers }) },
    bare: { port: ports.bare, expect: 200, next: () => ({ method: "GET", path }) },
  };
}

async function togglePair({ seeded, ports, headersOf, db }: HttpBench, person: Person): Promise<Pair> {
  const headers = await headersOf(person);
  await db.query("UPDATE contact_point SET enabled = true WHERE NOT enabled");
  const mine = switches(person.contactPoints);
  const theirs = switches(person.twin.contactPoints);
  return {
    ours: {
      port: ports.ours,
      expect: 200,
      next: () => {
        const { id, enabled } = mine();
        return { method: "PATCH", path: `/api/v1/contact-points/${id}`, headers, body: JSON.stringify({ enabled }) };
      },
    },
    bare: {
      port: ports.bare,
      expect: 200,
      next: () => ({ method: "PATCH", path: "/items", body: JSON.stringify({ institution: seeded.institutionId, ...theirs() }) }),
    },
  };
}

/** One after the other off, then one after the other on: every request changes something. */
function switches(ids: readonly string[]): () => { id: string; enabled: boolean } {
  let turn = 0;
  return () => {
    const found = { id: ids[turn % ids.length] ?? "", enabled: Math.floor(turn / ids.length) % 2 === 1 };
    turn += 1;
    return found;
  };
}

/** Back to the size that was asked for, and nothing left for the database to do by itself. */
async function tidy(db: pg.Client): Promise<void> {
  await db.query("DELETE FROM pgboss.job");
  await db.query("DELETE FROM message");
  await db.query("DELETE FROM inbox_item");
  await db.query("DELETE FROM contact_point WHERE address LIKE $1", [`${ADDED}%`]);
  await db.query("VACUUM contact_point, message, inbox_item, pgboss.job");
}
