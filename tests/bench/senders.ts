import { setTimeout as pause } from "node:timers/promises";
import { createTransport } from "nodemailer";
import pg from "pg";
import { newId } from "@/lib/core/ids";
import { median } from "./load.ts";
import type { Sink } from "./sink-process.ts";
import { record } from "./table.ts";
import { startWorkerSystem, type WorkerSystem } from "./worker-system.ts";

const SENDERS = 10;
const WORKERS = 4;
/** From then on a worker sends as many at a time as it is allowed to. */
const WIDE_AFTER_MS = 15_000;
/** Each sender gets so many a second, for so long: well below what a worker can do. */
const STEADY = { perSec: 4, forMs: 20_000 };

interface Clinic {
  institutionId: string;
  senderId: string;
  integrationId: string;
  points: Array<{ id: string; address: string; subscriberId: string }>;
}

interface Bench extends WorkerSystem {
  db: pg.Client;
  clinics: Clinic[];
}

/** Ten institutions with a sender each: what several workers get through, and what one that drips costs the others. */
export async function benchSenders({ mails, rounds }: { mails: number; rounds: number }): Promise<void> {
  const running = await startWorkerSystem();
  const db = new pg.Client({ connectionString: running.system.adminUrl });
  try {
    Object.assign(process.env, running.system.env, { LOG_LEVEL: "silent" });
    await db.connect();
    const clinics: Clinic[] = [];
    for (let index = 0; index < SENDERS; index += 1) {
      clinics.push(await makeClinic(db, running.sink.port));
    }
    await db.query("VACUUM (ANALYZE)");
    const bench = { ...running, db, clinics };
    await widen(() => running.system.startWorker());
    await benchDrip(bench, rounds);
    await widen(() => Array.from({ length: WORKERS - 1 }, () => running.system.startWorker()));
    await benchDrain(bench, mails, rounds);
  } finally {
    await (await import("@/lib/db/client")).closePrisma();
    await db.end();
    await running.stop();
  }
}

async function widen(start: () => unknown): Promise<void> {
  start();
  await pause(WIDE_AFTER_MS);
}

/** p95 from queued to sent of the nine others, with and without a tenth that hangs, in turns. */
async function benchDrip(bench: Bench, rounds: number): Promise<void> {
  const [dripping] = bench.clinics;
  if (!dripping) return;
  const p95 = { alone: [] as number[], beside: [] as number[] };
  await steady(bench, bench.clinics);
  for (let round = 0; round < rounds; round += 1) {
    await pointAt(bench.db, dripping, bench.sink.port);
    p95.alone.push(await steady(bench, bench.clinics));
    await pointAt(bench.db, dripping, bench.dripping.port);
    p95.beside.push(await steady(bench, bench.clinics));
  }
  await pointAt(bench.db, dripping, bench.sink.port);
  record({
    what: `${SENDERS} senders, one drips: p95 of the others, one worker`,
    measured: `${median(p95.beside).toFixed(0)} ms`,
    beside: `${median(p95.alone).toFixed(0)} ms when none does`,
    ratio: median(p95.beside.map((ms, round) => ms / (p95.alone[round] ?? Number.NaN))),
    aim: "≤ 1.10",
  });
}

async function steady({ db, clinics }: Bench, all: readonly Clinic[]): Promise<number> {
  await empty(db);
  const [first, ...others] = all;
  const everyMs = 1000 / (STEADY.perSec * all.length);
  const startedAt = performance.now();
  for (let index = 0; performance.now() - startedAt < STEADY.forMs; index += 1) {
    const clinic = clinics[index % clinics.length];
    if (clinic) await enqueue(clinic, 1, index);
    await pause(Math.max(0, startedAt + (index + 1) * everyMs - performance.now()));
  }
  const ids = others.map(({ institutionId }) => institutionId);
  for (;;) {
    const { rows } = await db.query<{ open: number; p95: number }>(
      `SELECT count(*) FILTER (WHERE state <> 'sent')::int AS open,
              (percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - created_at)) * 1000)::float8 AS p95
         FROM message WHERE institution_id = ANY($1) AND institution_id <> $2`,
      [ids, first?.institutionId],
    );
    if (rows[0]?.open === 0) return rows[0].p95;
    await pause(100);
  }
}

/** As many as there are, through all workers, beside nodemailer alone. */
async function benchDrain(bench: Bench, mails: number, rounds: number): Promise<void> {
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    rates.ours.push(await drain(bench, mails));
    rates.bare.push(await throughNodemailer(bench.sink, mails));
  }
  record({
    what: `${mails.toLocaleString("en")} mails, ${SENDERS} senders, ${WORKERS} workers`,
    measured: `${median(rates.ours).toFixed(0)}/s`,
    beside: `${median(rates.bare).toFixed(0)}/s`,
    ratio: median(rates.ours.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN))),
    aim: "none set",
  });
}

async function drain({ db, sink, clinics }: Bench, mails: number): Promise<number> {
  await empty(db);
  const before = (await sink.state()).received;
  // they are there before any of them may be sent, and then all at once
  const later = new Date(Date.now() + 3_600_000);
  for (const clinic of clinics) await enqueue(clinic, mails / clinics.length, 0);
  await db.query("UPDATE pgboss.job SET start_after = $1 WHERE state = 'created'", [later]);
  const already = (await sink.state()).received - before;
  const startedAt = Date.now();
  await db.query("UPDATE pgboss.job SET start_after = now() WHERE state = 'created'");
  for (;;) {
    const { received, lastAt } = await sink.state();
    if (received >= before + mails) return ((mails - already) * 1000) / (lastAt - startedAt);
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
async function enqueue({ institutionId, points }: Clinic, count: number, from: number): Promise<void> {
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
