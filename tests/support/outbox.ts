import pg from "pg";
import { afterAll } from "vitest";
import { newId } from "@/lib/core/ids";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type Outlets, openSystemOutlets } from "@/lib/delivery/outlets";
import type { Payload } from "@/lib/delivery/payload";
import { fetchJobs } from "@/lib/delivery/queue";
import { env } from "@/lib/env";
import { type ClaimedMessage, claimMessages } from "@/lib/services/messages/claim";
import { deliverMessage } from "@/lib/services/messages/deliver";
import { enqueueMessage } from "@/lib/services/messages/enqueue";
import { finishMessages } from "@/lib/services/messages/finish";
import { SenderOutlets } from "@/lib/services/messages/sender-outlets";
import { testDatabase } from "@/tests/support/database";
import { atEnd, server } from "@/tests/support/mail-conversation";
import type { Script, ScriptedSmtp } from "@/tests/support/scripted-smtp";

let connected: Promise<pg.Client> | undefined;

/** SQL as a superuser, over one connection for the whole file: it sees every row, and moves time. */
export async function asAdmin<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
  connected ??= (async () => {
    const client = new pg.Client({ connectionString: testDatabase().adminUrl });
    await client.connect();
    return client;
  })();
  return (await (await connected).query<T>(sql, values)).rows;
}

afterAll(async () => {
  await (await connected)?.end();
  connected = undefined;
});

/** The system's senders, pointed at a test's own servers. */
export function outletsTo(ports: { smtp?: number; sms?: number }): Outlets {
  return openSystemOutlets({
    ...env(),
    systemSmtpUrl: `smtp://127.0.0.1:${ports.smtp ?? 9}`,
    systemSmsUrl: `http://127.0.0.1:${ports.sms ?? 9}/texts`,
  });
}

/** A mail server that answers by the script, and the outlets to it; both end with the test. */
export async function mailServer(script?: Script): Promise<{ smtp: ScriptedSmtp; outlets: Outlets }> {
  const smtp = await server(script ? { script } : {});
  const outlets = outletsTo({ smtp: smtp.port });
  atEnd(() => outlets.close());
  return { smtp, outlets };
}

/** This machine, and the ports of the servers that a test has started. */
export const testReach = { allowCidrs: ["127.0.0.0/8"], allowPorts: [] as number[], allowPlaintext: true };

let senders: SenderOutlets | undefined;

/** What the worker keeps open of the institutions' own senders; one for the whole file. */
export function senderOutlets(): SenderOutlets {
  senders ??= new SenderOutlets(testReach);
  return senders;
}

afterAll(() => {
  senders?.close();
  senders = undefined;
});

/** One round of what the worker does, step by step and without its clock. Returns how many messages were sent off. */
export async function workOff(outlets: Outlets, limit?: number): Promise<number> {
  const attempts = await Promise.all((await claimNext(limit)).map((message) => deliverMessage(outlets, senderOutlets(), message)));
  for (const [institutionId, group] of Map.groupBy(attempts, ({ message }) => message.institutionId)) {
    await finishMessages(institutionId, group);
  }
  return attempts.length;
}

/** Fetches and claims what is due, and leaves it there: as if the worker had been killed at that point. */
export async function claimNext(limit = 100): Promise<ClaimedMessage[]> {
  const claimed: ClaimedMessage[] = [];
  for (const [institutionId, group] of Map.groupBy(await fetchJobs(limit), (job) => job.institutionId)) {
    claimed.push(...(await claimMessages(institutionId, group)));
  }
  return claimed;
}

/** What happens after a worker's death, without the half minute: its jobs are free, its messages look abandoned. */
export async function freeAbandoned(): Promise<void> {
  await asAdmin("UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE name = 'message' AND state = 'active'");
  await asAdmin("UPDATE message SET started_at = started_at - interval '1 minute' WHERE state = 'sending'");
}

/** Lets time pass for everything that waits in the outbox. */
export async function passTime(seconds: number): Promise<void> {
  const by = `${seconds} seconds`;
  await asAdmin("UPDATE pgboss.job SET start_after = start_after - $1::interval WHERE name = 'message' AND state < 'active'", [by]);
  await asAdmin(
    `UPDATE message SET created_at = created_at - $1::interval, expires_at = expires_at - $1::interval,
                        not_before = not_before - $1::interval, started_at = started_at - $1::interval`,
    [by],
  );
}

export interface StoredMessage {
  id: string;
  state: string;
  attempt: number;
  reason: string | null;
  reply: string | null;
  payload: string | null;
  waits_sec: number | null;
}

export async function storedMessage(id: string): Promise<StoredMessage> {
  const [row] = await asAdmin<StoredMessage>(
    `SELECT id, state, attempt, reason, reply, payload, extract(epoch FROM not_before - now())::float8 AS waits_sec FROM message WHERE id = $1`,
    [id],
  );
  if (!row) {
    throw new Error(`no message ${id}`);
  }
  return row;
}

/** A contact point to whom anything may be sent. */
export async function deliverablePoint(institutionId: string, subscriberId: string, address: string, type = "email"): Promise<string> {
  const id = newId();
  await inInstitution(institutionId, (tx) =>
    tx.contactPoint.create({ data: { institutionId, id, subscriberId, type, label: "Work", config: {}, address, verifiedAt: new Date() } }),
  );
  return id;
}

interface TestMessage {
  institutionId: string;
  contactPointId: string;
  to: string;
  type?: string;
  kind?: "test" | "notice";
  addressVersion?: number;
  ttlSec?: number;
}

/** Puts a test or a notice for a contact point into the outbox. */
export function enqueueTo({ to, kind = "test", type = "email", ...rest }: TestMessage): Promise<string> {
  const at = new Date().toISOString();
  const common = { to, institutionName: "Lakeside Clinic" };
  const payload: Payload =
    kind === "test"
      ? { kind, label: "Work", at, ...common }
      : { kind, event: "added", contactPointType: "email", maskedAddress: "o***@example.com", at, ...common };
  return inInstitution(rest.institutionId, (tx) =>
    enqueueMessage(tx, { kind, type, maskedAddress: "m***@example.com", locale: "en", addressVersion: 1, payload, ...rest }),
  );
}

/** An invitation: a message to somebody who is no contact point of anybody's. */
export function enqueueInvitation(institutionId: string, to: string, ttlSec = 86_400): Promise<string> {
  const payload: Payload = {
    kind: "invitation",
    to,
    institutionName: "Lakeside Clinic",
    inviterName: "Ann",
    role: "member",
    link: "http://localhost:3000/invitation/x",
    expiresAt: new Date(Date.now() + ttlSec * 1000).toISOString(),
    validMinutes: Math.floor(ttlSec / 60),
  };
  return inInstitution(institutionId, (tx) =>
    enqueueMessage(tx, {
      institutionId,
      kind: "invitation",
      type: "email",
      maskedAddress: "m***@example.com",
      locale: "en",
      ttlSec,
      payload,
    }),
  );
}

export function messageIds(messages: readonly string[]): string[] {
  return messages.flatMap((message) => /^message-id:\s*<(.+)>/im.exec(message)?.[1] ?? []);
}
