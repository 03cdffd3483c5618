import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { server } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint, enqueueInvitation, enqueueTo } from "@/tests/support/outbox";
import { SILENCE } from "@/tests/support/scripted-smtp";
import { makeSender, plainSmtp } from "@/tests/support/sender-rows";
import { startWorkerProcess, type WorkerProcess } from "@/tests/support/worker-process";

beforeEach(async () => {
  await asAdmin("DELETE FROM pgboss.job");
  await asAdmin("DELETE FROM message");
});
afterAll(closePrisma);

async function fill(institutionId: string, count: number): Promise<void> {
  const { actor } = await makeMember(institutionId);
  for (let index = 0; index < count; index += 1) {
    const to = `p${index}@example.com`;
    const contactPointId = await deliverablePoint(institutionId, actor.subscriberId, to);
    await enqueueTo({ institutionId, contactPointId, to, kind: "notice" });
  }
}

function workerTo(ports: readonly number[], more: Record<string, string> = {}): Promise<WorkerProcess> {
  return startWorkerProcess({
    SMTP_ALLOW_CIDRS: "127.0.0.0/8",
    SMTP_ALLOW_PORTS: ports.join(","),
    ALLOW_PLAINTEXT_SMTP: "1",
    SYSTEM_SMTP_URL: `smtp://127.0.0.1:${ports[0]}`,
    ...more,
  });
}

const count = async (where: string, values: unknown[] = []): Promise<number> => {
  const [row] = await asAdmin<{ n: number }>(`SELECT count(*)::int AS n FROM message WHERE ${where}`, values);
  return row?.n ?? 0;
};

describe("a sender whose server hangs", () => {
  it("R49: holds four connections and no more, and everything of the others goes out meanwhile", async () => {
    const hung = await server({ script: (command) => (command.startsWith("RCPT") ? SILENCE : undefined) });
    const others = [await server(), await server(), await server()];
    const hanging = await makeInstitution("Hanging");
    await makeSender(hanging, { port: hung.port });
    await fill(hanging, 40);
    for (const { port } of others) {
      const institutionId = await makeInstitution();
      await makeSender(institutionId, { port });
      await fill(institutionId, 40);
    }
    const worker = await workerTo([hung.port, ...others.map(({ port }) => port)]);
    await worker.started;
    await expect.poll(() => others.map(({ messages }) => messages.length), { interval: 50, timeout: 20_000 }).toEqual([40, 40, 40]);
    expect(hung.commands.filter((command) => command.startsWith("RCPT")).length).toBeLessThanOrEqual(8);
    // nothing of it is lost or stuck: what is not on its way waits in the queue
    await expect.poll(() => count("institution_id = $1 AND state = 'sending'", [hanging]), { interval: 50 }).toBeLessThanOrEqual(4);
    await expect(worker.kill("SIGTERM")).resolves.toMatchObject({ code: 0 });
  }, 60_000);

  it("R49: does not hold up what somebody of its own institution waits for: that goes through the system's at once", async () => {
    const hung = await server({ script: (command) => (command.startsWith("RCPT") ? SILENCE : undefined) });
    const system = await server();
    const institutionId = await makeInstitution("Hanging");
    await makeSender(institutionId, { port: hung.port, config: { ...plainSmtp(hung.port), readTimeoutMs: 60_000 } });
    await fill(institutionId, 20);
    const worker = await workerTo([hung.port], { SYSTEM_SMTP_URL: `smtp://127.0.0.1:${system.port}` });
    await worker.started;
    const tried = () => hung.commands.filter((command) => command.startsWith("RCPT")).length;
    await expect.poll(tried, { interval: 50, timeout: 15_000 }).toBeGreaterThan(0);
    // a worker calls it hanging after two seconds; nothing ends by itself for another minute
    const firstAt = performance.now();
    await expect.poll(() => performance.now() - firstAt, { interval: 50, timeout: 5_000 }).toBeGreaterThan(2_100);
    const id = await enqueueInvitation(institutionId, "bob@example.com");
    await expect.poll(() => system.messages.length, { interval: 20, timeout: 5_000 }).toBe(1);
    await expect.poll(() => count("id = $1 AND state = 'sent' AND sender_id IS NULL AND attempt = 1", [id]), { interval: 20 }).toBe(1);
    await worker.kill("SIGKILL");
  }, 60_000);
});

describe("a sender that is switched off", () => {
  it("R49: begins nothing more after a second, lets what is under way end, and goes on within seconds once it is on", async () => {
    const own = await server({ script: (command) => (command === "." ? { say: "250 2.0.0 Ok", afterMs: 300 } : undefined) });
    const institutionId = await makeInstitution();
    const senderId = await makeSender(institutionId, { port: own.port });
    await fill(institutionId, 60);
    const worker = await workerTo([own.port]);
    await worker.started;
    await expect.poll(() => own.messages.length, { interval: 10, timeout: 10_000 }).toBeGreaterThan(5);
    await asAdmin("UPDATE sender SET state = 'inactive' WHERE id = $1", [senderId]);
    const offAt = performance.now();
    const begun = () => own.commands.filter((command) => command.startsWith("MAIL")).length;
    await expect.poll(() => performance.now() - offAt, { interval: 20, timeout: 5_000 }).toBeGreaterThan(1_000);
    const afterASecond = begun();
    await expect.poll(() => count("state = 'sending'"), { interval: 20, timeout: 5_000 }).toBe(0);
    await expect
      .poll(() => count("state = 'queued' AND reason = 'sender_waiting'"), { interval: 50, timeout: 10_000 })
      .toBe(60 - own.messages.length);
    expect(begun()).toBe(afterASecond);
    expect(await count("state = 'sent'")).toBe(own.messages.length);

    await asAdmin("UPDATE sender SET state = 'active' WHERE id = $1", [senderId]);
    const onAt = performance.now();
    await expect.poll(begun, { interval: 20, timeout: 10_000 }).toBeGreaterThan(afterASecond);
    expect(performance.now() - onAt).toBeLessThan(4_000);
    await expect.poll(() => count("state = 'sent'"), { interval: 50, timeout: 30_000 }).toBe(60);
    expect(own.messages).toHaveLength(60);
    await worker.kill("SIGTERM");
  }, 90_000);
});

describe("kill -9", () => {
  it("R69: of a worker that sends through a sender loses nothing", async () => {
    const own = await server();
    const institutionId = await makeInstitution();
    await makeSender(institutionId, { port: own.port });
    await fill(institutionId, 100);
    const first = await workerTo([own.port]);
    await first.started;
    await expect.poll(() => own.messages.length, { interval: 1, timeout: 10_000 }).toBeGreaterThan(10);
    await first.kill("SIGKILL");
    await asAdmin("UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE name = 'message' AND state = 'active'");
    await asAdmin("UPDATE message SET started_at = started_at - interval '1 minute' WHERE state = 'sending'");
    const second = await workerTo([own.port]);
    await expect.poll(() => count("state = 'sent'"), { interval: 50, timeout: 30_000 }).toBe(100);
    expect(own.messages.length).toBeLessThanOrEqual(101);
    const [row] = await asAdmin<{ sent: number }>("SELECT sum(sent)::int AS sent FROM sender_day WHERE institution_id = $1", [
      institutionId,
    ]);
    expect(row?.sent).toBe(100);
    await second.kill("SIGTERM");
  }, 60_000);
});
