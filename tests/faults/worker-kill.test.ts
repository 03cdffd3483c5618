import { randomInt } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { server } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint, enqueueInvitation, enqueueTo, freeAbandoned, messageIds } from "@/tests/support/outbox";
import { SILENCE } from "@/tests/support/scripted-smtp";
import { startWorkerProcess } from "@/tests/support/worker-process";

const KILLS = 20;
const MESSAGES = 300;

beforeEach(() => asAdmin("DELETE FROM pgboss.job"));
afterAll(closePrisma);

async function fill(): Promise<{ tests: Set<string>; others: Set<string> }> {
  const [tests, others] = [new Set<string>(), new Set<string>()];
  const institutions = [await makeInstitution("One"), await makeInstitution("Two")];
  for (const institutionId of institutions) {
    const { actor } = await makeMember(institutionId);
    for (let n = 0; n < MESSAGES / 6; n += 1) {
      const to = `p${n}@example.com`;
      const contactPointId = await deliverablePoint(institutionId, actor.subscriberId, to);
      tests.add(await enqueueTo({ institutionId, contactPointId, to }));
      others.add(await enqueueTo({ institutionId, contactPointId, to, kind: "notice" }));
      others.add(await enqueueInvitation(institutionId, to));
    }
  }
  return { tests, others };
}

const open = () => asAdmin("SELECT 1 FROM message WHERE state IN ('queued', 'sending')");

describe("kill -9", () => {
  it("R69, R70: of workers at random points loses nothing, and repeats no more messages than there were kills", async () => {
    const { tests, others } = await fill();
    const smtp = await server();
    const settings = { SYSTEM_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const worker = await startWorkerProcess(settings);
      await worker.started;
      const before = smtp.messages.length;
      const enough = before + randomInt(0, 12);
      await expect.poll(() => smtp.messages.length, { interval: 1, timeout: 10_000 }).toBeGreaterThanOrEqual(enough);
      await worker.kill("SIGKILL");
      await freeAbandoned();
    }
    expect((await open()).length).toBeGreaterThan(0);

    const last = await startWorkerProcess(settings);
    await expect.poll(open, { interval: 50, timeout: 30_000 }).toEqual([]);
    await expect(last.kill("SIGTERM")).resolves.toEqual({ code: 0, signal: null });

    const arrived = Map.groupBy(
      messageIds(smtp.messages).map((id) => id.split("@")[0] ?? ""),
      (id) => id,
    );
    const states = new Map(
      (await asAdmin<{ id: string; state: string }>("SELECT id, state FROM message")).map(({ id, state }) => [id, state]),
    );
    for (const id of others) {
      expect({ id, state: states.get(id), arrived: arrived.has(id) }).toEqual({ id, state: "sent", arrived: true });
    }
    for (const id of tests) {
      const times = arrived.get(id)?.length ?? 0;
      expect(times).toBeLessThanOrEqual(1);
      expect(states.get(id)).toBe(times === 1 && states.get(id) === "sent" ? "sent" : "unknown");
    }
    const repeated = [...arrived.values()].reduce((sum, copies) => sum + copies.length - 1, 0);
    expect(repeated).toBeLessThanOrEqual(KILLS);
    const unknown = [...tests].filter((id) => states.get(id) === "unknown").length;
    expect(unknown).toBeLessThanOrEqual(KILLS * 2);
    expect(await asAdmin("SELECT 1 FROM message WHERE payload IS NOT NULL")).toEqual([]);
    expect(await asAdmin("SELECT 1 FROM pgboss.job WHERE state < 'completed'")).toEqual([]);
  }, 100_000);

  it("R69: what a killed worker held is sent by another one within a minute", async () => {
    let silent = true;
    const smtp = await server({ script: (command) => (silent && command === "DATA" ? SILENCE : undefined) });
    const settings = { SYSTEM_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` };
    const id = await enqueueInvitation(await makeInstitution(), "ann@example.com");
    const first = await startWorkerProcess(settings);
    await expect.poll(() => smtp.commands, { interval: 5, timeout: 10_000 }).toContain("DATA");
    await first.kill("SIGKILL");
    silent = false;
    const killedAt = performance.now();
    const second = await startWorkerProcess(settings);
    await second.started;
    await expect.poll(() => messageIds(smtp.messages), { interval: 100, timeout: 60_000 }).toEqual([`${id}@localhost`]);
    expect(performance.now() - killedAt).toBeLessThan(60_000);
  }, 90_000);
});
