import { setTimeout as pause } from "node:timers/promises";
import { createTransport } from "nodemailer";
import pg from "pg";
import { newId } from "@/lib/core/ids";
import { median } from "./load.ts";
import type { Sink } from "./sink-process.ts";
import { stopPart } from "./system.ts";
import { record } from "./table.ts";
import { startWorkerSystem, type WorkerSystem } from "./worker-system.ts";

const SENDERS = 10;
const WORKERS = 4;
/** More at a time than by default: fewer transactions for as many messages. */
const DRAIN_SETTINGS = { WORKER_CONCURRENCY: "50" };
/** From then on a worker sends as many at a time as it is allowed to. */
const WIDE_AFTER_MS = 20_000;
/** Each sender gets so many a second: well below what a worker can do. */
const STEADY_PER_SEC = 4;

interface Clinic {
  institutionId: string;
  senderId: string;
  integrationId: string;
  points: Array<{ id: string; address: string; subscriberId: string }>;
}

interface Sizes {
  mails: number;
  rounds: number;
  /** How long the senders get their steady share in each part of a round. */
  steadyMs: number;
}

interface Bench extends WorkerSystem, Sizes {
  db: pg.Client;
  clinics: Clinic[];
}

/** Ten institutions with a sender each: what several workers get through, and what one that drips costs the others. */
export async function benchSenders(sizes: Sizes): Promise<void> {
  const running = await startWorkerSystem();
  const db = new pg.Client({ connectionString: running.system.adminUrl });
  try {
    Object.assign(process.env, running.system.env, { LOG_LEVEL: "silent" });
    await db.connect();
    const clinics: Clinic[] = [];
    // one more than there are at a time: one of them is to hang, and in two manners
    for (let index = 0; index <= SENDERS; index += 1) {
      clinics.push(await makeClinic(db, running.sink.port));
    }
    await db.query("VACUUM (ANALYZE)");
    const bench = { ...running, ...sizes, db, clinics };
    Object.assign(running.system.env, DRAIN_SETTINGS);
    for (let worker = 0; worker < WORKERS; worker += 1) running.system.startWorker();
    await pause(WIDE_AFTER_MS);
    await benchDrain({ ...bench, clinics: clinics.slice(0, SENDERS) });
    for (let worker = 1; worker < WORKERS; worker += 1) await stopPart(running, "worker");
    delete running.system.env.WORKER_CONCURRENCY;
    await benchDrip(bench);
  } finally {
    await (await import("@/lib/db/client")).closePrisma();
    await db.end();
    await running.stop();
  }
}

/**
 * p95 from queued to sent of nine senders: by themselves, beside a tenth that never greets, and beside one that drips. A
 * worker that was just started has nothing in its hands that hangs.
 */
async function benchDrip(bench: Bench): Promise<void> {
  const { db, system, rounds, steadyMs } = bench;
  const nine = bench.clinics.slice(0, SENDERS - 1);
  const [silent, dripping] = bench.clinics.slice(SENDERS - 1);
  if (!silent || !dripping) return;
  await pointAt(db, silent, bench.silent.port);
  await pointAt(db, dripping, bench.dripping.port);
  const p95 = { alone: [] as number[], silent: [] as number[], dripping: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    await system.restartWorker();
    await steady(db, nine, nine, WIDE_AFTER_MS);
    p95.alone.push(await steady(db, nine, nine, steadyMs));
    await pointAt(db, silent, bench.silent.port);
    p95.silent.push(await steady(db, [...nine, silent], nine, steadyMs));
    p95.dripping.push(await steady(db, [...nine, dripping], nine, steadyMs));
  }
  for (const [manner, what] of [
    ["dripping", "drips"],
    ["silent", "never greets"],
  ] as const) {
    record({
      what: `${SENDERS} senders, one ${what}: p95 of the others, one worker`,
      measured: `${median(p95[manner]).toFixed(0)} ms`,
      beside: `${median(p95.alone).toFixed(0)} ms without it`,
      ratio: median(p95[manner].map((ms, round) => ms / (p95.alone[round] ?? Number.NaN))),
      aim: "≤ 1.10",
    });
  }
}

/** Mails to the senders of all these at a steady pace. Returns the p95 of those that are watched, once all of theirs are sent. */
async function steady(db: pg.Client, all: readonly Clinic[], watched: readonly Clinic[], forMs: number): Promise<number> {
  await empty(db);
  const everyMs = 1000 / (STEADY_PER_SEC * all.length);
  const startedAt = performance.now();
  for (let index = 0; performance.now() - startedAt < forMs; index += 1) {
    const clinic = all[index % all.length];
    if (clinic) await enqueue(clinic, 1, index);
    await pause(Math.max(0, startedAt + (index + 1) * everyMs - performance.now()));
  }
  for (;;) {
    const { rows } = await db.query<{ open: number; p95: number }>(
      `SELECT count(*) FILTER (WHERE state <> 'sent')::int AS open,
              (percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - created_at)) * 1000)::float8 AS p95
         FROM message WHERE institution_id = ANY($1)`,
      [watched.map(({ institutionId }) => institutionId)],
    );
    if (rows[0]?.open === 0) return rows[0].p95;
    await pause(100);
  }
}

/** As many as there are, through all workers, beside nodemailer alone. */
async function benchDrain(bench: Bench): Promise<void> {
  const { mails, rounds } = bench;
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    rates.ours.push(await drain(bench));
    rates.bare.push(await throughNodemailer(bench.sink, mails));
  }
  record({
    what: `${mails.toLocaleString("en")} mails, ${SENDERS} senders, ${WORKERS} workers, ${DRAIN_SETTINGS.WORKER_CONCURRENCY} at a time each`,
    measured: `${median(rates.ours).toFixed(0)}/s`,
    beside: `${median(rates.bare).toFixed(0)}/s`,
    ratio: median(rates.ours.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN))),
    aim: "none set",
  });
}

async function drain({ db, sink, clinics, mails }: Bench): Promise<number> {
  await empty(db);
  const before = (await sink.state()).received;
  // they are there before any of them may be sent, and then all at once
  for (const clinic of clinics) await enqueue(clinic, mails / clinics.length, 0, "held");
  const startedAt = Date.now();
  await db.query("UPDATE pgboss.job SET start_after = now() WHERE state = 'created'");
  for (;;) {
    const { received, lastAt } = await sink.state();
    if (received >= before + mails) return (mails * 1000) / (lastAt - startedAt);
    await pause(50);
  }
}

async function throughNodemailer(sink: Sink, count: number): Promise<number> {
  const { mailFor } = await import("@/lib/delivery/render-payload");
  const transport = createTransport({ host: "127.0.0.1", port: sink.port, pool: true, maxConnections: 5, ignoreTLS: true });
  const mails = Array.from({ length: count }, (_, index) => {
    const to = `person-${index}@example.com`;
    return { from: "no-reply@reachable.example", to, messageId: `<${newId()}@localhost>`, ...mailFor(payloadFor(to), "en") };
  });
  const startedAt = Date.now();
  await Promise.all(mails.map((mail) => transport.sendMail(mail)));
  const rate = (count * 1000) / (Date.now() - startedAt);
  transport.close();
  return rate;
}

async function empty(db: pg.Client): Promise<void> {
  await db.query("DELETE FROM pgboss.job");
  await db.query("DELETE FROM message");
  await db.query("VACUUM (ANALYZE) message, pgboss.job, sender, sender_day");
}

/** In one transaction, so that all of them are there at the same moment. */
async function enqueue({ institutionId, points }: Clinic, count: number, from: number, held?: "held"): Promise<void> {
  const { inInstitution } = await import("@/lib/db/unit-of-work");
  const { enqueueMessage } = await import("@/lib/services/messages/enqueue");
  await inInstitution(institutionId, async (tx) => {
    for (let index = from; index < from + count; index += 1) {
      const point = points[index % points.length];
      if (!point) throw new Error("there is no contact point to send to");
      await enqueueMessage(tx, {
        institutionId,
        kind: "notice",
        type: "email",
        maskedAddress: "p***@example.com",
        locale: "en",
        contactPointId: point.id,
        addressVersion: 1,
        subscriberId: point.subscriberId,
        payload: payloadFor(point.address),
      });
    }
    if (held) await tx.$executeRaw`UPDATE pgboss.job SET start_after = now() + interval '1 hour' WHERE state = 'created'`;
  });
}

function payloadFor(to: string) {
  const at = new Date().toISOString();
  return { kind: "test", to, institutionName: "Lakeside Clinic", label: "Address", at } as const;
}

async function pointAt(db: pg.Client, { senderId, integrationId }: Clinic, port: number): Promise<void> {
  await db.query("UPDATE integration SET config = config || jsonb_build_object('port', $2::int) WHERE id = $1", [integrationId, port]);
  await db.query(
    `UPDATE sender SET state = 'active', revision = revision + 1, proven_revision = revision + 1, failure_run = 0, circuit_open_until = NULL,
            circuit_opened_at = '{}' WHERE id = $1`,
    [senderId],
  );
}

async function makeClinic(db: pg.Client, port: number): Promise<Clinic> {
  const [institutionId, senderId, integrationId, subscriberId] = [newId(), newId(), newId(), newId()];
  await db.query(
    "INSERT INTO institution (id, name, default_country, default_locale, locales) VALUES ($1, 'Lakeside Clinic', 'JP', 'en', '{en}')",
    [institutionId],
  );
  await db.query("INSERT INTO subscriber (institution_id, id, external_id) VALUES ($1, $2, 'one')", [institutionId, subscriberId]);
  const { rows } = await db.query<{ id: string; address: string }>(
    `INSERT INTO contact_point (institution_id, id, subscriber_id, type, label, config, address, verified_at)
     SELECT $1, gen_random_uuid(), $2, 'email', 'Work', '{}', 'p' || n || '@example.com', now() FROM generate_series(1, 1000) n RETURNING id, address`,
    [institutionId, subscriberId],
  );
  const config = {
    host: "127.0.0.1",
    port,
    security: "none",
    auth: "none",
    username: "",
    connectionTimeoutMs: 10_000,
    readTimeoutMs: 30_000,
    ca: "",
  };
  await db.query(
    "INSERT INTO integration (institution_id, id, name, provider, channel, config) VALUES ($1, $2, 'Post', 'smtp', 'email', $3)",
    [institutionId, integrationId, config],
  );
  await db.query(
    `INSERT INTO sender (institution_id, id, integration_id, type, name, from_address, is_default, state, revision, proven_revision)
     VALUES ($1, $2, $3, 'email', 'Front desk', 'desk@clinic.example', true, 'active', 1, 1)`,
    [institutionId, senderId, integrationId],
  );
  return { institutionId, senderId, integrationId, points: rows.map(({ id, address }) => ({ id, address, subscriberId })) };
}
