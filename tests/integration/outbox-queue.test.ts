import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { closePrisma } from "@/lib/db/client";
import { inInstitution } from "@/lib/db/unit-of-work";
import { enqueueJob, fetchJobs } from "@/lib/delivery/queue";
import { env } from "@/lib/env";
import { makeInstitution } from "@/tests/support/institution";
import { asAdmin, claimNext, enqueueInvitation } from "@/tests/support/outbox";

let institutionId: string;

beforeAll(async () => {
  institutionId = await makeInstitution();
});
afterAll(closePrisma);

describe("the queue inside a unit of work", () => {
  it("R69: 64 parallel writes on a pool of 10 finish, the first use of the queue among them", async () => {
    expect(env().databasePoolSize).toBe(10);
    const ids = await Promise.all(Array.from({ length: 64 }, (_, index) => enqueueInvitation(institutionId, `p${index}@example.com`)));
    const jobs = await asAdmin<{ id: string }>("SELECT data->>'messageId' AS id FROM pgboss.job WHERE name = 'message'");
    expect(jobs.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it("R69: a job exists exactly if its message does", async () => {
    const messageId = newId();
    const failing = inInstitution(institutionId, async (tx) => {
      await enqueueJob(tx, { institutionId, messageId, priority: 30 });
      throw new Error("something else of the transaction failed");
    });
    await expect(failing).rejects.toThrow("something else");
    expect(await asAdmin("SELECT 1 FROM pgboss.job WHERE data->>'messageId' = $1", [messageId])).toEqual([]);
  });

  it("R65: a job names an institution and a message, and nothing else", async () => {
    const [job] = await asAdmin<{ data: object }>("SELECT data FROM pgboss.job WHERE name = 'message' LIMIT 1");
    expect(Object.keys(job?.data ?? {}).sort()).toEqual(["institutionId", "messageId"]);
  });

  it("R65: a job that names another institution's message finds nothing, and goes away", async () => {
    await asAdmin("DELETE FROM pgboss.job");
    const foreign = await makeInstitution();
    const messageId = await enqueueInvitation(institutionId, "somebody@example.com");
    await asAdmin("DELETE FROM pgboss.job");
    await inInstitution(foreign, (tx) => enqueueJob(tx, { institutionId: foreign, messageId, priority: 30 }));
    expect(await claimNext()).toEqual([]);
    expect(await asAdmin("SELECT state FROM pgboss.job")).toEqual([{ state: "completed" }]);
    expect(await asAdmin("SELECT state FROM message WHERE id = $1", [messageId])).toEqual([{ state: "queued" }]);
  });

  it("R72: verifications come before tests, and tests before notices, whatever came first", async () => {
    await asAdmin("DELETE FROM pgboss.job");
    const order = [10, 30, 20, 10, 30];
    for (const [index, priority] of order.entries()) {
      await inInstitution(institutionId, (tx) => enqueueJob(tx, { institutionId, messageId: `${index}`, priority }));
    }
    const fetched: string[] = [];
    for (let jobs = await fetchJobs(1); jobs.length > 0; jobs = await fetchJobs(1)) {
      fetched.push(...jobs.map(({ messageId }) => messageId));
    }
    expect(fetched).toEqual(["1", "4", "2", "0", "3"]);
  });

  it("R71: a job that is due later is not there before", async () => {
    await asAdmin("DELETE FROM pgboss.job");
    await inInstitution(institutionId, (tx) => enqueueJob(tx, { institutionId, messageId: "later", priority: 30, startAfterSec: 12.5 }));
    expect(await fetchJobs(1)).toEqual([]);
    const [row] = await asAdmin<{ sec: number }>("SELECT extract(epoch FROM start_after - created_on)::float8 AS sec FROM pgboss.job");
    expect(row?.sec).toBe(12.5);
    await asAdmin("UPDATE pgboss.job SET start_after = now()");
    expect(await fetchJobs(1)).toHaveLength(1);
  });
});
