import { beforeEach, describe, expect, test } from "vitest";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import { newId } from "@/lib/core/ids";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText, seal, sealedKid } from "@/lib/crypto/seal";
import { env } from "@/lib/env";
import { getAccessToken } from "@/lib/services/access-tokens/get";
import { revokeAccessToken } from "@/lib/services/access-tokens/revoke";
import { listKeyRequests } from "@/lib/services/api-requests/list";
import { listTokenRequests } from "@/lib/services/api-requests/list-of-token";
import { flushApiRequests, recordApiRequest } from "@/lib/services/api-requests/record";
import { exportAudit } from "@/lib/services/audit/export";
import { listAudit } from "@/lib/services/audit/list";
import { runHousekeeping } from "@/lib/services/housekeeping/run";
import { createKey } from "@/lib/services/keys/create";
import { getKey } from "@/lib/services/keys/get";
import { rewrapSecrets } from "@/lib/services/secrets/rewrap";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram } from "@/tests/support/programs";
import { walk } from "@/tests/support/queries";
import { callSlaunchx } from "@/tests/support/slaunchx";
import { makeAccessToken, makeSigningKey } from "@/tests/support/tokens";

type Person = Context & { actor: SignedInMember };

let owner: Person;
let institutionId: string;

beforeEach(async () => {
  institutionId = await makeInstitution();
  owner = await makeMember(institutionId, "owner");
});

const file = "api/v1/contact-points/[contactPointId]/route.ts";

describe("the request log of a key", () => {
  test("R67: has each request with its answer, and neither a secret nor an id of the path", async () => {
    const { key, id } = await createKey(owner, { name: "Program", scopes: ["contact_points:read"] });
    const contactPointId = newId();
    for (const headers of [{ "x-api-key": key }, { "x-api-key": key, "x-request-id": "req_0123456789abcdef" }]) {
      const path = `/api/v1/contact-points/${contactPointId}?token=hidden`;
      expect((await callProgram({ file, method: "GET", path, params: { contactPointId }, headers })).status).toBe(404);
    }
    const { items } = await listKeyRequests(owner, { keyId: id });
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({
      dialect: "native",
      method: "GET",
      route: "/api/v1/contact-points/{contactPointId}",
      status: 404,
      requestId: "req_0123456789abcdef",
      error: "not_found",
    });
    const rows = await asAdmin<{ text: string }>("SELECT t::text AS text FROM api_request t WHERE credential_id = $1", [id]);
    for (const word of [contactPointId, "hidden", key.slice(15)]) {
      expect(JSON.stringify(rows)).not.toContain(word);
    }
    expect((await getKey(owner, { keyId: id })).lastUsedAt).toBe(items[0]?.at);
  });

  test("R52: a key in the address is not looked at", async () => {
    const { key } = await createKey(owner, { name: "Program", scopes: ["contact_points:read"] });
    for (const name of ["api_key", "key", "x-api-key", "access_token", "token"]) {
      const response = await callProgram({
        file: "api/v1/contact-points/route.ts",
        method: "GET",
        path: `/api/v1/contact-points?${name}=${key}`,
      });
      expect(response.status).toBe(401);
    }
  });

  test("goes there and back again, by the kind of its answers too", async () => {
    const { id } = await createKey(owner, { name: "Program", scopes: ["contact_points:read"] });
    for (const [n, status] of [200, 404, 201, 422, 500, 200].entries()) {
      note(id, { status, at: new Date(Date.now() - 60_000 + n) });
    }
    const all = await walk((cursor) => listKeyRequests(owner, { keyId: id, ...cursor, limit: 2 }));
    expect(all.there.map(({ status }) => status)).toEqual([200, 500, 422, 201, 404, 200]);
    expect(all.back).toEqual(all.there);
    const refused = await walk((cursor) => listKeyRequests(owner, { keyId: id, status: "4xx", ...cursor, limit: 1 }));
    expect(refused.there.map(({ status }) => status)).toEqual([422, 404]);
    await expect(listKeyRequests(owner, { keyId: id, status: "9xx" })).rejects.toMatchObject({ code: "validation" });
  });

  test("R67: is kept for seven days, remembered answers for two, tokens for thirty days after their end", async () => {
    const { id } = await createKey(owner, { name: "Program", scopes: ["contact_points:read"] });
    const day = 86_400_000;
    for (const age of [6.9, 7.1]) {
      note(id, { at: new Date(Date.now() - age * day) });
    }
    expect((await listKeyRequests(owner, { keyId: id })).items).toHaveLength(1);
    for (const age of ["47 hours", "49 hours"]) {
      await asAdmin(
        `INSERT INTO idempotency (institution_id, actor, route, key, fingerprint, claim, locked_until, created_at)
         VALUES ($1, 'x', 'POST /', $2::text, '\\x00', gen_random_uuid(), now(), now() - $2::text::interval)`,
        [institutionId, age],
      );
    }
    for (const age of ["29 days", "31 days"]) {
      await asAdmin(
        `INSERT INTO access_token (institution_id, id, name, user_id, expires_at)
         VALUES ($1, gen_random_uuid(), $2::text, $3, now() - $2::text::interval)`,
        [institutionId, age, owner.actor.userId],
      );
    }
    await runHousekeeping();
    const left = async (table: string, name: string) =>
      (await asAdmin<{ name: string }>(`SELECT ${name}::text AS name FROM ${table} WHERE institution_id = $1`, [institutionId])).map(
        (row) => row.name,
      );
    expect(await left("api_request", "credential_id")).toEqual([id]);
    expect(await left("idempotency", "key")).toEqual(["47 hours"]);
    expect(await left("access_token", "name")).toEqual(["29 days"]);
  });

  test("tells which key signed for a person", async () => {
    const { id } = await createKey(owner, { name: "App", kind: "public", scopes: ["subscriptions:write"] });
    const pair = await makeSigningKey(institutionId);
    const at = new Date();
    note(id, { kind: "public_key", signingKeyId: pair.id, at });
    await flushApiRequests();
    const [row] = await asAdmin<{ at: Date }>("SELECT last_used_at AS at FROM signing_key WHERE id = $1", [pair.id]);
    expect(row?.at).toEqual(at);
  });
});

describe("the request log of an access token", () => {
  const ofOwner = () => makeAccessToken({ institutionId, userId: owner.actor.userId });

  test("R67: has each request with its answer, and the token is used with it; it stays when the token is revoked", async () => {
    const { id, token, authorization } = await ofOwner();
    expect((await callSlaunchx("types/query", { authorization })).status).toBe(200);
    const headers = { "x-request-id": "req_0123456789abcdef" };
    expect((await callSlaunchx("channels/command/delete", { authorization, headers, body: { bizId: "ch_hidden" } })).status).toBe(404);
    const { items } = await listTokenRequests(owner, { accessTokenId: id });
    expect(items).toMatchObject([
      { dialect: "slaunchx", method: "POST", status: 404, requestId: "req_0123456789abcdef", error: "not_found" },
      { route: "/web/v1/notification-channel-types/query", status: 200, error: null },
    ]);
    const rows = await asAdmin<{ text: string }>("SELECT t::text AS text FROM api_request t WHERE credential_id = $1", [id]);
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`ch_hidden|${token.split(".")[2]}`));
    expect(await getAccessToken(owner, { accessTokenId: id })).toMatchObject({ state: "live", lastUsedAt: items[0]?.at });

    await revokeAccessToken(owner, { accessTokenId: id });
    expect((await callSlaunchx("types/query", { authorization })).status).toBe(401);
    const { items: refused } = await listTokenRequests(owner, { accessTokenId: id, status: "4xx" });
    expect(refused.map(({ status }) => status)).toEqual([404]);
    expect(await getAccessToken(owner, { accessTokenId: id })).toMatchObject({ state: "revoked" });
  });

  test("was last used when its newest request came, whichever is asked for first", async () => {
    const { key, id: keyId } = await createKey(owner, { name: "Program", scopes: ["contact_points:read"] });
    const { id: accessTokenId, authorization } = await ofOwner();
    const path = "/api/v1/contact-points";
    await callProgram({ file: "api/v1/contact-points/route.ts", method: "GET", path, headers: { "x-api-key": key } });
    await callSlaunchx("types/query", { authorization });
    const [ofKey, ofToken] = [await getKey(owner, { keyId }), await getAccessToken(owner, { accessTokenId })];
    expect(ofKey.lastUsedAt).toBe((await listKeyRequests(owner, { keyId })).items[0]?.at ?? "none");
    expect(ofToken.lastUsedAt).toBe((await listTokenRequests(owner, { accessTokenId })).items[0]?.at ?? "none");
  });

  test("is for whoever made it and for those who see all keys, and for nobody else", async () => {
    const { id } = await ofOwner();
    const [admin, member] = [await makeMember(institutionId, "admin"), await makeMember(institutionId, "member")];
    const stranger = await makeMember(await makeInstitution(), "owner");
    const own = await makeAccessToken({ institutionId, userId: member.actor.userId });
    expect((await listTokenRequests(admin, { accessTokenId: id })).items).toEqual([]);
    expect((await listTokenRequests(member, { accessTokenId: own.id })).items).toEqual([]);
    for (const [who, accessTokenId] of [
      [member, id],
      [stranger, id],
      [owner, newId()],
    ] as const) {
      await expect(listTokenRequests(who, { accessTokenId })).rejects.toMatchObject({ code: "not_found" });
      await expect(getAccessToken(who, { accessTokenId })).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("goes there and back again; a key's log is not a token's", async () => {
    const { id } = await ofOwner();
    for (const n of [0, 1, 2]) {
      note(id, { kind: "access_token", status: 200 + n, at: new Date(Date.now() - 60_000 + n) });
    }
    const all = await walk((cursor) => listTokenRequests(owner, { accessTokenId: id, ...cursor, limit: 2 }));
    expect(all.there.map(({ status }) => status)).toEqual([202, 201, 200]);
    expect(all.back).toEqual(all.there);
    await expect(listKeyRequests(owner, { keyId: id })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the audit log of what a key did", () => {
  test("R66: names the key, can be narrowed down to it, and says so in an export", async () => {
    const { key, id } = await createKey(owner, { name: "Nightly", owner: "institution", scopes: ["subscribers:write"] });
    const made = await callProgram({
      file: "api/v1/subscribers/route.ts",
      method: "POST",
      path: "/api/v1/subscribers",
      headers: { authorization: `Bearer ${key}` },
      body: { externalId: "patient-1" },
    });
    expect(made.status, await made.clone().text()).toBe(201);
    const { items } = await listAudit(owner, { key: id });
    expect(items).toEqual([expect.objectContaining({ action: "subscriber.created", key: { id, name: "Nightly", outside: false } })]);
    expect(items[0]?.actor.kind).toBe("program");
    const { chunks } = exportAudit(owner, { format: "csv", key: id });
    const lines = (await Array.fromAsync(chunks)).join("").trim().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`${id},Nightly`);
  });
});

describe("what programs leave sealed", () => {
  test("R51: a remembered answer is wrapped anew with the first key", async () => {
    const before = env().secretsKeys;
    const place = { table: "idempotency", institutionId, rowId: newId(), field: "answer", version: 1 };
    const sealed = seal(parseKeyring(before, "SECRETS_KEYS"), "an answer", place);
    await asAdmin(
      `INSERT INTO idempotency (institution_id, actor, route, key, fingerprint, claim, locked_until, state, answer)
       VALUES ($1, 'x', 'POST /', 'k', '\\x00', $2, now(), 'done', $3)`,
      [institutionId, place.rowId, sealed],
    );
    try {
      env().secretsKeys = `k2:${Buffer.alloc(32, 7).toString("base64")},${before}`;
      await rewrapSecrets();
      const [row] = await asAdmin<{ answer: string }>("SELECT answer FROM idempotency WHERE claim = $1", [place.rowId]);
      expect(sealedKid(row?.answer ?? "")).toBe("k2");
      expect(openText(parseKeyring(env().secretsKeys, "SECRETS_KEYS"), row?.answer ?? "", place)).toBe("an answer");
    } finally {
      env().secretsKeys = before;
      await rewrapSecrets();
    }
  });
});

function note(credentialId: string, more: Partial<Parameters<typeof recordApiRequest>[0]>): void {
  recordApiRequest({
    institutionId,
    credentialId,
    kind: "secret_key",
    signingKeyId: null,
    at: new Date(),
    dialect: "native",
    method: "GET",
    route: "/api/v1/senders",
    status: 200,
    ms: 3,
    requestId: "req_0000000000000000",
    error: null,
    ...more,
  });
}
