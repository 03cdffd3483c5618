import { generateKeyPairSync, randomUUID } from "node:crypto";
import type pg from "pg";
import { toBizId } from "@/lib/dialects/slaunchx/ids";
import { type Furnished, furnishPrograms } from "./furnish-programs.ts";
import { type Call, type Load, load, median, type Target } from "./load.ts";
import { type Person, type Seeded, seedPerson } from "./seed.ts";
import { record } from "./table.ts";

export interface DialectBench {
  db: pg.Client;
  seeded: Seeded;
  ports: { ours: number; bare: number };
  origin: string;
  rounds: number;
  roundMs: number;
}

interface Given extends DialectBench {
  person: Person;
  ids: Furnished;
}

interface Operation {
  name: string;
  kind: "create" | "list";
  expect: number;
  next: (given: Given) => Call;
}

const AIMS = { create: 0.5, list: 0.6 };
const CONNECTIONS = [1, 32];
const VOTEL = "/api/channels";
const CLOSIENT = "/notifications/api/v1/notifications/channels";
const NOVU = "/v1/channel-connections";
const SLAUNCHX = "/web/v1/notification-channels";
const ADDED = "bench-";
// A point on P-256, and 16 bytes: what a browser's subscription holds.
const P256DH = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .publicKey.export({ type: "spki", format: "der" })
  .subarray(-65)
  .toString("base64url");
const AUTH = Buffer.alloc(16, 7).toString("base64url");
let serial = 0;
let turns = 0;
/** As many people as connections; each has as many contact points as the bare route lists. */
const PEOPLE = 32;
const HELD = 25;

const json = (method: string, path: string, headers: Record<string, string>, body?: object): Call => ({
  method,
  path,
  headers,
  ...(body ? { body: JSON.stringify(body) } : {}),
});
const bySecretKey = (key: string) => ({ "x-api-key": key });
/** Each request is another person's: of one alone, additions wait for each other. */
const turn = (each: readonly string[]): string => each[turns++ % each.length] ?? "";
const byUserKey = ({ userKeys }: Furnished) => bySecretKey(turn(userKeys));
const byUser = ({ publicKey, userTokens }: Furnished) => ({ "x-notiflows-api-key": publicKey, "x-notiflows-user-key": turn(userTokens) });

const OPERATIONS: Operation[] = [
  {
    name: "Closient",
    kind: "create",
    expect: 201,
    next: ({ ids }) =>
      json("POST", CLOSIENT, byUserKey(ids), {
        channel_type: "email",
        label: `Address ${++serial}`,
        config: { email: `${ADDED}${serial}@example.com` },
      }),
  },
  { name: "Closient", kind: "list", expect: 200, next: ({ ids }) => json("GET", CLOSIENT, byUserKey(ids)) },
  {
    name: "SlaunchX",
    kind: "create",
    expect: 200,
    next: ({ ids, seeded }) =>
      json("POST", `${SLAUNCHX}/command/create`, { authorization: `Bearer ${ids.bearer}` }, slaunchxSender(seeded.institutionId)),
  },
  {
    name: "SlaunchX",
    kind: "list",
    expect: 200,
    next: ({ ids }) => json("POST", `${SLAUNCHX}/query?page=0&size=25`, { authorization: `Bearer ${ids.bearer}` }, {}),
  },
  {
    name: "Votel",
    kind: "create",
    expect: 201,
    next: ({ ids }) =>
      json("POST", VOTEL, bySecretKey(ids.institutionKey), {
        name: `${ADDED}${++serial}`,
        channel_type: "email",
        integration_id: ids.integrationId,
        send_from_email: `desk-${serial}@bench.example`,
        email_domain_id: ids.emailDomainId,
      }),
  },
  { name: "Votel", kind: "list", expect: 200, next: ({ ids }) => json("GET", `${VOTEL}?limit=25`, bySecretKey(ids.institutionKey)) },
  {
    name: "Novu",
    kind: "create",
    expect: 201,
    next: ({ ids }) =>
      json(
        "POST",
        NOVU,
        { authorization: `ApiKey ${ids.institutionKey}` },
        {
          context: { tenant: `${ADDED}${++serial}` },
          integrationIdentifier: "bench-chat",
          workspace: { id: `T${serial}`, name: "Lakeside" },
          auth: { accessToken: "a token that nobody takes" },
        },
      ),
  },
  {
    name: "Novu",
    kind: "list",
    expect: 200,
    next: ({ ids }) => json("GET", `${NOVU}?limit=25`, { authorization: `ApiKey ${ids.institutionKey}` }),
  },
  {
    name: "Notiflows",
    kind: "create",
    expect: 201,
    next: ({ ids }) => {
      const endpoint = `https://fcm.googleapis.com/fcm/send/${ADDED}${++serial}`;
      return json("POST", `/user/v1/channels/${ids.pushSenderId}/subscriptions`, byUser(ids), {
        identifier: endpoint,
        settings: { endpoint, p256dh: P256DH, auth: AUTH },
      });
    },
  },
  {
    name: "Notiflows",
    kind: "list",
    expect: 200,
    next: ({ ids }) => json("GET", `/user/v1/channels/${ids.pushSenderId}/subscriptions`, byUser(ids)),
  },
];

/** Each dialect's create and list beside the bare route's, and where the time of a create goes. */
export async function benchDialects(bench: DialectBench): Promise<void> {
  const { db, origin, seeded } = bench;
  const people: Person[] = [];
  while (people.length < PEOPLE) people.push(await seedPerson(db, seeded.institutionId, HELD));
  const [person] = people;
  if (!person) throw new Error("nobody was seeded");
  const given: Given = { ...bench, person, ids: await furnishPrograms(db, seeded.institutionId, origin, people) };
  for (const operation of OPERATIONS) {
    for (const connections of CONNECTIONS) {
      const ours = target(given, operation);
      const { mine, ratio, theirs } = await inTurns(given, ours, bare(given, operation.kind), connections);
      record({
        what: `${operation.name}, ${operation.kind}, ${connections} ${connections === 1 ? "connection" : "connections"}`,
        measured: `${mine.toFixed(0)}/s`,
        beside: `${theirs.toFixed(0)}/s`,
        ratio,
        aim: `≥ ${AIMS[operation.kind]}`,
      });
    }
  }
  await benchParts(given);
}

/** What a create of Closient's costs with one thing switched off in turn, beside all of it. */
async function benchParts(given: Given): Promise<void> {
  const create = OPERATIONS[0];
  if (!create) throw new Error("there is no create");
  const keyed: Operation = {
    ...create,
    next: (each) => {
      const call = create.next(each);
      return { ...call, headers: { ...call.headers, "idempotency-key": randomUUID() } };
    },
  };
  const native: Operation = {
    ...create,
    next: () => ({
      ...json("POST", "/api/v1/contact-points", byUserKey(given.ids), {
        type: "email",
        label: `Address ${++serial}`,
        config: { email: `${ADDED}${serial}@example.com` },
      }),
    }),
  };
  const compare = async (what: string, off: Operation, around: { before?: string[]; after?: string[] } = {}) => {
    const { mine, theirs, ratio } = await inTurns(given, target(given, keyed), target(given, off), 32, around);
    record({ what: `create with a key, beside ${what}`, measured: `${mine.toFixed(0)}/s`, beside: `${theirs.toFixed(0)}/s`, ratio });
  };
  await compare("no Idempotency-Key", create);
  await compare("the native API's", native);
  const { rows } = await given.db.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity",
  );
  const switched = (state: string) => rows.map(({ name }) => `ALTER TABLE "${name}" ${state} ROW LEVEL SECURITY`);
  await compare("no row-level security", keyed, { before: switched("DISABLE"), after: switched("ENABLE") });
}

async function inTurns(
  { db, rounds, roundMs }: Given,
  ours: Target,
  other: Target,
  connections: number,
  { before = [], after = [] }: { before?: string[]; after?: string[] } = {},
) {
  const found: Array<{ ours: Load; other: Load }> = [];
  for (let round = -1; round < rounds; round += 1) {
    const mine = await load(ours, connections, roundMs);
    await tidy(db);
    for (const sql of before) await db.query(sql);
    const theirs = await load(other, connections, roundMs);
    for (const sql of after) await db.query(sql);
    await tidy(db);
    // the first round only warms up
    if (round >= 0) found.push({ ours: mine, other: theirs });
  }
  return {
    mine: median(found.map((each) => each.ours.perSecond)),
    theirs: median(found.map((each) => each.other.perSecond)),
    ratio: median(found.map((each) => each.ours.perSecond / each.other.perSecond)),
  };
}

function target(given: Given, { expect, next }: Operation): Target {
  return { port: given.ports.ours, expect, next: () => next(given) };
}

function bare({ ports, seeded, person }: Given, kind: "create" | "list"): Target {
  const { institutionId: institution } = seeded;
  const subscriber = person.twin.subscriberId;
  return kind === "list"
    ? { port: ports.bare, expect: 200, next: () => ({ method: "GET", path: `/items?institution=${institution}&subscriber=${subscriber}` }) }
    : {
        port: ports.bare,
        expect: 201,
        next: () =>
          json(
            "POST",
            "/items",
            {},
            {
              institution,
              subscriber,
              type: "email",
              label: `Address ${++serial}`,
              config: { email: `${ADDED}${serial}@example.com` },
            },
          ),
      };
}

function slaunchxSender(institutionId: string): object {
  serial += 1;
  return {
    institutionBizId: toBizId("institution", institutionId),
    channelName: `${ADDED}${serial}`,
    channelHost: "smtp.bench.example",
    channelCategory: "EMAIL",
    emailConfig: {
      smtpHost: "smtp.bench.example",
      smtpPort: 587,
      senderEmail: `desk-${serial}@bench.example`,
      senderName: "Front desk",
      username: "desk",
      password: "a password that opens nothing",
      useSsl: false,
      useStartTls: true,
    },
  };
}

/** Back to the size that was asked for, and nothing left for the database to do by itself. */
async function tidy(db: pg.Client): Promise<void> {
  for (const table of ["pgboss.job", "message", "inbox_item", "subscription", "connection", "context", "idempotency", "api_request"]) {
    await db.query(`DELETE FROM ${table}`);
  }
  await db.query("DELETE FROM contact_point WHERE address LIKE $1", [`${ADDED}%`]);
  await db.query("DELETE FROM sender WHERE name LIKE $1", [`${ADDED}%`]);
  await db.query("DELETE FROM integration WHERE name LIKE $1", [`${ADDED}%`]);
  await db.query("VACUUM contact_point, message, inbox_item, sender, integration, subscription, connection, pgboss.job");
}
