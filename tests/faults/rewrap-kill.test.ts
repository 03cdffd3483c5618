import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { checkCanary } from "@/lib/crypto/canary";
import { parseKeyring } from "@/lib/crypto/keyring";
import { open, seal, sealedKid } from "@/lib/crypto/seal";
import { SEALED } from "@/lib/services/secrets/sealed-kinds";
import { bundlePrograms } from "@/scripts/parts/bundle";
import { makeInstitution, makeSubscriber } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { startWorkerProcess } from "@/tests/support/worker-process";

const KILLS = 20;
const ROWS = 12;
const K1 = `k1:${Buffer.alloc(32, 1).toString("base64")}`;
const K2 = `k2:${Buffer.alloc(32, 7).toString("base64")}`;
const old = parseKeyring(K1, "K1");
const both = parseKeyring(`${K2},${K1}`, "BOTH");
const next = parseKeyring(K2, "K2");

interface Sealed {
  table: string;
  field: string;
  institutionId: string;
  id: string;
  sealed: string;
  version: number;
}

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "reachable-rewrap-"));
  await bundlePrograms(folder, ["rewrap"]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every sealed value that there is. */
function everything(): Promise<Sealed[]> {
  return asAdmin<Sealed & Record<string, unknown>>(
    `SELECT 'integration' AS table, 'secrets' AS field, institution_id AS "institutionId", id, secrets AS sealed, secrets_version AS version FROM integration WHERE secrets IS NOT NULL
     UNION ALL SELECT 'sender', 'provenSecrets', institution_id, id, proven_secrets, proven_revision FROM sender WHERE proven_secrets IS NOT NULL
     UNION ALL SELECT 'email_domain', 'dkimPrivateKey', institution_id, id, dkim_private_key, dkim_key_version FROM email_domain
     UNION ALL SELECT 'message', 'payload', institution_id, id, payload, 1 FROM message WHERE payload IS NOT NULL
     UNION ALL SELECT 'connection', 'secrets', institution_id, id, secrets, secrets_version FROM connection
     UNION ALL SELECT 'subscription', 'secrets', institution_id, id, secrets, secrets_version FROM subscription WHERE secrets IS NOT NULL
     UNION ALL SELECT 'subscription_settings', 'settings', institution_id, id, settings, version FROM subscription_settings
     UNION ALL SELECT 'idempotency', 'answer', institution_id, claim, answer, 1 FROM idempotency WHERE answer IS NOT NULL`,
  );
}

/** The tables, of all that there are, in which such a text stands. */
async function everywhere(text: string): Promise<string[]> {
  const tables = await asAdmin<{ name: string }>("SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'");
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await asAdmin(`SELECT 1 FROM ${name} t WHERE position($1 IN t::text) > 0 LIMIT 1`, [text]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

async function fill(institutionId: string): Promise<void> {
  const put = (id: string, table: string, field: string, version: number) =>
    seal(old, `${table} ${id}`, { table, institutionId, rowId: id, field, version });
  const subscriberId = await makeSubscriber(institutionId);
  for (let n = 0; n < ROWS; n += 1) {
    const [integration, sender, domain, message] = [newId(), newId(), newId(), newId()];
    await asAdmin(
      "INSERT INTO integration (institution_id, id, name, provider, channel, config, secrets, secrets_version) VALUES ($1, $2, 'x', 'smtp', 'email', '{}', $3, 4)",
      [institutionId, integration, put(integration, "integration", "secrets", 4)],
    );
    await asAdmin(
      "INSERT INTO sender (institution_id, id, integration_id, type, name, proven_revision, proven_secrets) VALUES ($1, $2, $3, 'email', 'x', 3, $4)",
      [institutionId, sender, integration, put(sender, "sender", "provenSecrets", 3)],
    );
    await asAdmin(
      `INSERT INTO email_domain (institution_id, id, domain, token, dkim_selector, dkim_public_key, dkim_private_key, dkim_key_version, next_check_at)
       VALUES ($1, $2, $3, 't', 's', 'p', $4, 2, '2999-01-01')`,
      [institutionId, domain, `d${n}.example`, put(domain, "email_domain", "dkimPrivateKey", 2)],
    );
    await asAdmin(
      `INSERT INTO message (institution_id, id, kind, type, masked_address, payload, locale, priority, state, reference)
       VALUES ($1, $2, 'notice', 'email', 'a***@b.example', $3, 'en', 10, 'queued', 'r')`,
      [institutionId, message, put(message, "message", "payload", 1)],
    );
    const [connection, subscription, settings, claim] = [newId(), newId(), newId(), newId()];
    await asAdmin(
      `INSERT INTO connection (institution_id, id, identifier, integration_id, mode, workspace_id, secrets, secrets_version)
       VALUES ($1, $2::uuid, $2::text, $3, 'shared', 'w', $4, 5)`,
      [institutionId, connection, integration, put(connection, "connection", "secrets", 5)],
    );
    await asAdmin(
      `INSERT INTO subscription (institution_id, id, sender_id, subscriber_id, identifier, identifier_hash, settings, secrets, secrets_version)
       VALUES ($1, $2, $3, $4, 'x', '\\x00', '{}', $5, 6)`,
      [institutionId, subscription, sender, subscriberId, put(subscription, "subscription", "secrets", 6)],
    );
    await asAdmin(
      "INSERT INTO subscription_settings (institution_id, sender_id, subscriber_id, id, settings, version) VALUES ($1, $2, $3, $4, $5, 7)",
      [institutionId, sender, subscriberId, settings, put(settings, "subscription_settings", "settings", 7)],
    );
    await asAdmin(
      `INSERT INTO idempotency (institution_id, actor, route, key, fingerprint, state, claim, locked_until, status, answer)
       VALUES ($1, 'a', 'r', $2::text, '\\x00', 'done', $2::uuid, now(), 201, $3)`,
      [institutionId, claim, put(claim, "idempotency", "answer", 1)],
    );
  }
}

/** The command as it is shipped. Killed, where told so, as soon as it has said that it rewrapped that many. */
async function run(killAfter?: number): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, SECRETS_KEYS: `${K2},${K1}` };
  const child = spawn(process.execPath, [join(folder, "rewrap.mjs"), "--batch", "2"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    const done = Number(/.*, (\d+) rewrapped/s.exec(output)?.[1] ?? 0);
    if (killAfter !== undefined && done >= killAfter) child.kill("SIGKILL");
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const [code] = await once(child, "exit");
  return { code: code as number | null, output };
}

const countOld = async () => (await everything()).filter(({ sealed }) => sealedKid(sealed) === "k1").length;

test("R51: start(k1), restart(k2,k1), rewrap killed 20 times in the middle, restart(k2): nothing is lost", async () => {
  const first = await startWorkerProcess({ SECRETS_KEYS: K1 });
  await first.started;
  await first.kill("SIGTERM");
  for (const institutionId of [await makeInstitution(), await makeInstitution()]) await fill(institutionId);
  const tooEarly = await startWorkerProcess({ SECRETS_KEYS: K2 });
  await expect(tooEarly.started).rejects.toThrow(/k1/);
  const second = await startWorkerProcess({ SECRETS_KEYS: `${K2},${K1}` });
  await second.started;
  await second.kill("SIGTERM");

  const all = (await everything()).length;
  expect(all).toBe(2 * ROWS * Object.keys(SEALED).length);
  let left = all;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { code } = await run(1 + (kill % 4));
    expect(code).toBeNull();
    for (const { table, field, institutionId, id, sealed, version } of await everything()) {
      expect(open(both, sealed, { table, institutionId, rowId: id, field, version }).toString()).toBe(`${table} ${id}`);
    }
    const now = await countOld();
    expect(now).toBeLessThan(left);
    left = now;
  }
  expect(left).toBeGreaterThan(0);

  const { code, output } = await run();
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("Only the first key") });
  for (const { table, field, institutionId, id, sealed, version } of await everything()) {
    expect(open(next, sealed, { table, institutionId, rowId: id, field, version }).toString()).toBe(`${table} ${id}`);
  }
  const [canary] = await asAdmin<{ value: string }>("SELECT value FROM app_fact WHERE name = 'secrets_canary'");
  expect(checkCanary(next, canary?.value ?? null)).toEqual({ ok: true });
  expect(await everywhere("v1.k1.")).toEqual([]);
  const last = await startWorkerProcess({ SECRETS_KEYS: K2 });
  await last.started;
  await last.kill("SIGTERM");
});

test("R51: what does not open is named and left, and the earlier keys stay needed", async () => {
  const [row] = await asAdmin<{ id: string; secrets: string }>("SELECT id, secrets FROM integration LIMIT 1");
  const other = parseKeyring(K1, "K1");
  const foreign = seal(other, "x", { table: "integration", institutionId: null, rowId: row?.id ?? "", field: "secrets", version: 4 });
  await asAdmin("UPDATE integration SET secrets = $2 WHERE id = $1", [row?.id, foreign]);
  const { code, output } = await run();
  expect(code).toBe(1);
  expect(output).toContain(`integration/${row?.id}`);
  expect(output).not.toContain(foreign);
});
