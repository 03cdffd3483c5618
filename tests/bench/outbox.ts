import { setTimeout as pause } from "node:timers/promises";
import { createTransport } from "nodemailer";
import type pg from "pg";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { Payload } from "@/lib/delivery/payload";
import { mailFor } from "@/lib/delivery/render-payload";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { median } from "./load.ts";
import type { Sink } from "./sink-process.ts";
import { record } from "./table.ts";

/** From then on a worker sends as many at a time as it is allowed to. */
const WIDE_AFTER_MS = 25_000;

export interface OutboxBench {
  db: pg.Client;
  sink: Sink;
  institutionId: string;
  count: number;
  rounds: number;
}

/** Test mails from the outbox through one worker, and the same mails by nodemailer alone, in turns. */
export async function benchOutbox(bench: OutboxBench): Promise<void> {
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < bench.rounds; round += 1) {
    rates.ours.push(await throughOutbox(bench));
    rates.bare.push(await throughNodemailer(bench));
  }
  record({
    what: `outbox, ${bench.count.toLocaleString("en")} mails, one worker`,
    measured: `${median(rates.ours).toFixed(0)}/s`,
    beside: `${median(rates.bare).toFixed(0)}/s`,
    ratio: median(rates.ours.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN))),
    aim: "≥ 0.7",
  });
}

/** A worker that has just started sends one at a time, and more every three seconds (R70). */
export async function benchFreshWorker(bench: OutboxBench, startWorker: () => void): Promise<void> {
  const startedAt = performance.now();
  const rate = await throughOutbox(bench, startWorker);
  record({ what: `outbox, ${bench.count.toLocaleString("en")} mails, a worker just started`, measured: `${rate.toFixed(0)}/s` });
  await pause(Math.max(0, startedAt + WIDE_AFTER_MS - performance.now()));
}

async function throughOutbox({ db, sink, institutionId, count }: OutboxBench, begin: () => void = () => undefined): Promise<number> {
  await db.query("DELETE FROM message");
  await db.query("DELETE FROM pgboss.job");
  await db.query("VACUUM (ANALYZE) message, pgboss.job, audit_event");
  const { rows } = await db.query<{ id: string; address: string; subscriber_id: string }>(
    `SELECT id, address, subscriber_id FROM contact_point WHERE institution_id = $1 AND verified_at IS NOT NULL AND enabled LIMIT $2`,
    [institutionId, count],
  );
  const before = (await sink.state()).received;
  const committed = await enqueueAll(institutionId, rows, count);
  begin();
  for (;;) {
    const { received, lastAt } = await sink.state();
    if (received >= before + count) {
      await everyOneIsSent(db, count);
      return (count * 1000) / (lastAt - committed);
    }
    await pause(50);
  }
}

/** One transaction, so that all of them are there at the same moment. */
async function enqueueAll(
  institutionId: string,
  points: readonly { id: string; address: string; subscriber_id: string }[],
  count: number,
): Promise<number> {
  await inInstitution(institutionId, async (tx) => {
    for (let index = 0; index < count; index += 1) {
      const point = points[index % points.length];
      if (!point) throw new Error("there is no contact point to send to");
      await enqueueMessage(tx, {
        institutionId,
        kind: "test",
        type: "email",
        maskedAddress: "p***@example.com",
        locale: "en",
        contactPointId: point.id,
        addressVersion: 1,
        subscriberId: point.subscriber_id,
        payload: payloadFor(point.address),
      });
    }
  });
  return Date.now();
}

async function everyOneIsSent(db: pg.Client, count: number): Promise<void> {
  for (;;) {
    const { rows } = await db.query<{ sent: number }>("SELECT count(*)::int AS sent FROM message WHERE state = 'sent'");
    if (rows[0]?.sent === count) return;
    await pause(50);
  }
}

async function throughNodemailer({ sink, count }: OutboxBench): Promise<number> {
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

function payloadFor(to: string): Payload {
  return { kind: "test", to, institutionName: "Lakeside Clinic", label: "Address", at: new Date().toISOString() };
}
