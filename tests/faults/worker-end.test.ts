import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closePrisma } from "@/lib/db/client";
import { testDatabase } from "@/tests/support/database";
import { makeInstitution } from "@/tests/support/institution";
import { server } from "@/tests/support/mail-conversation";
import { asAdmin, enqueueInvitation, messageIds } from "@/tests/support/outbox";
import { SILENCE } from "@/tests/support/scripted-smtp";
import { startWorkerProcess } from "@/tests/support/worker-process";

beforeEach(() => asAdmin("DELETE FROM pgboss.job"));
afterAll(closePrisma);

describe("the end of a worker", () => {
  it("R74: SIGTERM lets what is under way end, gives the rest back, and exits with 0", async () => {
    const institutionId = await makeInstitution();
    const ids = [await enqueueInvitation(institutionId, "a@example.com"), await enqueueInvitation(institutionId, "b@example.com")];
    let holdBack = true;
    const smtp = await server({ script: (command) => (holdBack && command === "." ? SILENCE : undefined) });
    const worker = await startWorkerProcess({ SYSTEM_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` });
    await worker.started;
    expect(await asAdmin("SELECT 1 FROM worker_heartbeat WHERE at > now() - interval '10 seconds'")).toHaveLength(1);
    // one is on its way, the other is claimed and waits for the only slot
    await expect.poll(() => smtp.messages.length, { interval: 5, timeout: 10_000 }).toBe(1);
    await expect.poll(() => asAdmin("SELECT 1 FROM message WHERE state = 'sending'"), { interval: 5 }).toHaveLength(2);
    const ended = worker.kill("SIGTERM");
    await expect.poll(() => asAdmin("SELECT 1 FROM message WHERE state = 'queued' AND attempt = 0"), { interval: 5 }).toHaveLength(1);
    holdBack = false;
    smtp.drip("250 2.0.0 Ok\r\n");
    await expect(ended).resolves.toEqual({ code: 0, signal: null });

    const [first] = messageIds(smtp.messages);
    const states = await asAdmin("SELECT id, state, attempt FROM message WHERE id = ANY($1) ORDER BY state DESC", [ids]);
    expect(states).toEqual([
      { id: first?.split("@")[0], state: "sent", attempt: 1 },
      { id: ids.find((id) => !first?.startsWith(id)), state: "queued", attempt: 0 },
    ]);
    expect(await asAdmin("SELECT state FROM pgboss.job WHERE state < 'completed' AND start_after <= now()")).toEqual([
      { state: "created" },
    ]);
    expect(await asAdmin("SELECT 1 FROM worker_heartbeat")).toEqual([]);
  });

  it("R74: an idle one ends at once", async () => {
    const worker = await startWorkerProcess({});
    await worker.started;
    const asked = performance.now();
    await expect(worker.kill("SIGTERM")).resolves.toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(5_000);
  });
});

describe("a start that cannot be", () => {
  const sentence = async (more: Record<string, string>) => {
    const worker = await startWorkerProcess(more);
    expect(await worker.ended).toEqual({ code: 1, signal: null });
    return worker.output().trim();
  };

  it("a missing setting is named, in one sentence", async () => {
    expect(await sentence({ SYSTEM_SMTP_URL: "" })).toBe("The worker could not start: SYSTEM_SMTP_URL is not set.");
  });

  it("R63: a role that can bypass row-level security is refused", async () => {
    expect(await sentence({ DATABASE_URL: testDatabase().adminUrl })).toMatch(
      /^The worker could not start: The role "postgres" of DATABASE_URL can bypass row-level security; .+\.$/,
    );
  });

  it("R51: a key that stored secrets need, and that is missing, stops the start", async () => {
    const worker = await startWorkerProcess({});
    await worker.started;
    await worker.kill("SIGTERM");
    const other = `k2:${Buffer.from("another key of thirty-two bytes!").toString("base64")}`;
    expect(await sentence({ SECRETS_KEYS: other })).toBe(
      'The worker could not start: SECRETS_KEYS lacks the key "k1", or has another one under that name; stored secrets need it.',
    );
    const both = await startWorkerProcess({ SECRETS_KEYS: `${other},${process.env["SECRETS_KEYS"]}` });
    await both.started;
    await both.kill("SIGTERM");
    const [fact] = await asAdmin<{ value: string }>("SELECT value FROM app_fact WHERE name = 'secrets_canary'");
    expect(fact?.value.split("\n")).toHaveLength(2);
  });

  it("a database that is not there, or not ours, is told in one sentence", async () => {
    expect(await sentence({ DATABASE_URL: "postgresql://nobody:nothing@127.0.0.1:9/none" })).toMatch(
      /^The worker could not start: the database does not answer as it should \(DatabaseNotReachable\)\.$/,
    );
    const empty = testDatabase().adminUrl.replace(/[^/]+$/, "postgres");
    const bare = new URL(testDatabase().databaseUrl);
    bare.pathname = new URL(empty).pathname;
    expect(await sentence({ DATABASE_URL: bare.href })).toBe(
      "The worker could not start: the database is not up to date; run the migrations first.",
    );
  });
});
