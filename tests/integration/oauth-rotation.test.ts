import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { secretKeeper } from "@/lib/services/integrations/keep-secrets";
import { integrationPlace, openSecrets, provenPlace } from "@/lib/services/integrations/secrets";
import { SenderOutlets } from "@/lib/services/messages/sender-outlets";
import { diagnoseSender } from "@/lib/services/senders/diagnose";
import { updateSender } from "@/lib/services/senders/update";
import { makeCertificate } from "@/tests/support/certificate";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { atEnd, server } from "@/tests/support/mail-conversation";
import { asAdmin, deliverablePoint, testReach } from "@/tests/support/outbox";
import { makeSender, plainSmtp } from "@/tests/support/sender-rows";
import { oneTimeTokens, tokenEndpoint } from "@/tests/support/token-endpoint";
import type { Person } from "@/tests/support/two-institutions";

const certificate = makeCertificate("localhost", "127.0.0.1");
const FIRST = "1//first";

let institutionId: string;
let admin: Person;

beforeEach(async () => {
  institutionId = await makeInstitution();
  admin = await makeMember(institutionId, "admin");
});

/** A proven sender that signs in with OAuth where every refresh token is good for one time. */
async function setUp() {
  const endpoint = await tokenEndpoint(certificate, oneTimeTokens(FIRST));
  const mx = await server({ certificate, extensions: ["STARTTLS", "AUTH XOAUTH2"] });
  testReach.allowPorts.push(endpoint.port);
  const config: Record<string, unknown> = {
    ...plainSmtp(mx.port),
    host: "localhost",
    security: "starttls",
    auth: "oauth2",
    username: "user@example.com",
    oauthTokenUrl: `https://localhost:${endpoint.port}/token`,
    oauthClientId: "client",
    ca: certificate.cert.trim(),
  };
  for (const name of ["password", "oauthClientSecret", "oauthRefreshToken"]) delete config[name];
  const senderId = await makeSender(institutionId, { port: mx.port, config, secrets: { oauthRefreshToken: FIRST } });
  const [row] = await asAdmin<{ id: string }>("SELECT integration_id AS id FROM sender WHERE id = $1", [senderId]);
  return { endpoint, mx, senderId, integrationId: row?.id ?? "" };
}

/** What is stored of it, opened: of the account, and of what was proven. */
async function stored(senderId: string) {
  const [row] = await asAdmin<{
    integration_id: string;
    secrets: string;
    proven_secrets: string;
    revision: number;
    proven_revision: number;
  }>(
    "SELECT s.integration_id, i.secrets, s.proven_secrets, s.revision, s.proven_revision FROM sender s JOIN integration i ON i.id = s.integration_id WHERE s.id = $1",
    [senderId],
  );
  if (!row) throw new Error("no sender");
  const [version] = await asAdmin<{ v: number }>("SELECT secrets_version AS v FROM integration WHERE id = $1", [row.integration_id]);
  return {
    account: openSecrets(row.secrets, integrationPlace(institutionId, row.integration_id, version?.v ?? 0))["oauthRefreshToken"],
    proven: openSecrets(row.proven_secrets, provenPlace(institutionId, senderId, row.proven_revision))["oauthRefreshToken"],
    revision: row.revision,
  };
}

const sendThrough = async (outlets: SenderOutlets, senderId: string) => {
  const route = { senderId, revision: 1, which: "sending", failureRun: 0 } as const;
  const mail = {
    to: "ann@example.com",
    subject: "s",
    html: "<p>h</p>",
    text: "t",
    messageId: `${newId()}@example.com`,
    language: "en",
  };
  const used = await outlets.use(institutionId, route, async ({ way, fromAddress }) =>
    way.sendMail?.({ ...mail, from: { name: "x", address: fromAddress ?? "" } }),
  );
  return "result" in used ? used.result?.outcome : used.failure;
};

function worker(): SenderOutlets {
  const outlets = new SenderOutlets(testReach);
  atEnd(() => outlets.close());
  return outlets;
}

describe("a refresh token that the token endpoint replaces", () => {
  test("R50: is stored sealed, in the account and in what was proven, and ends no proof", async () => {
    const { senderId } = await setUp();
    const before = await asAdmin("SELECT secret_facts, secrets_version, updated_at FROM integration WHERE institution_id = $1", [
      institutionId,
    ]);
    expect(await sendThrough(worker(), senderId)).toBe("sent");
    expect(await stored(senderId)).toEqual({ account: "refresh-1", proven: "refresh-1", revision: 1 });
    expect(await asAdmin("SELECT state FROM sender WHERE id = $1", [senderId])).toEqual([{ state: "active" }]);
    expect(
      await asAdmin("SELECT secret_facts, secrets_version, updated_at FROM integration WHERE institution_id = $1", [institutionId]),
    ).toEqual(before);
    const rows = await asAdmin<{ row: string }>(
      "SELECT t::text AS row FROM integration t UNION ALL SELECT t::text FROM sender t UNION ALL SELECT t::text FROM audit_event t",
    );
    expect(rows.filter(({ row }) => row.includes("refresh-1") || row.includes(FIRST))).toEqual([]);
  });

  test("is found by every other process, also by several that ask at the same time", async () => {
    const { senderId, endpoint } = await setUp();
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => sendThrough(worker(), senderId)));
    expect(outcomes).toEqual(["sent", "sent", "sent", "sent"]);
    const { account } = await stored(senderId);
    expect(account).toMatch(/^refresh-\d$/);
    expect(await sendThrough(worker(), senderId)).toBe("sent");
    expect(new URLSearchParams(endpoint.asked.at(-1)).get("refresh_token")).toBe(account);
  });

  test("never takes the place of one that somebody has set meanwhile, and tells a process of older settings nothing of it", async () => {
    const { senderId, integrationId } = await setUp();
    const keeper = secretKeeper({ institutionId, integrationId, at: { senderId, revision: 1 } });
    const ofAccount = secretKeeper({ institutionId, integrationId, at: { secretsVersion: 1 } });
    expect([await keeper.latest("oauthRefreshToken"), await ofAccount.latest("oauthRefreshToken")]).toEqual([FIRST, FIRST]);
    await updateSender(admin, { senderId, config: { oauthRefreshToken: "typed" } });
    await keeper.replace("oauthRefreshToken", FIRST, "renewed");
    expect(await stored(senderId)).toEqual({ account: "typed", proven: "renewed", revision: 2 });
    expect(await keeper.latest("oauthRefreshToken")).toBe("renewed");
    expect(await ofAccount.latest("oauthRefreshToken")).toBeUndefined();
    const foreign = secretKeeper({ institutionId: await makeInstitution(), integrationId, at: { secretsVersion: 2 } });
    expect(await foreign.latest("oauthRefreshToken")).toBeUndefined();
  });

  test("is kept after a diagnosis of what is stored, and only then", async () => {
    const { senderId, mx, endpoint } = await setUp();
    Object.assign(env().reach, { allowCidrs: testReach.allowCidrs, allowPorts: [mx.port, endpoint.port] });
    await deliverablePoint(institutionId, admin.actor.subscriberId, "own@example.com");
    const run = async (input: object) => Array.fromAsync(await diagnoseSender(admin, { senderId, ...input }));
    expect((await run({})).at(-1)).toMatchObject({ result: { verdict: "ok" } });
    expect(await stored(senderId)).toMatchObject({ account: "refresh-1", proven: "refresh-1", revision: 1 });
    await asAdmin("DELETE FROM rate_bucket WHERE key LIKE 'diagnosis:%'");
    expect((await run({ config: { oauthRefreshToken: "refresh-1" } })).at(-1)).toMatchObject({ result: { verdict: "ok" } });
    expect(await stored(senderId)).toMatchObject({ account: "refresh-1", proven: "refresh-1", revision: 1 });
  });
});
