import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import { makeInstitution, makeMember } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { callProgram, makeKey } from "@/tests/support/programs";
import { makeAccessToken, makeSigningKey } from "@/tests/support/tokens";

let institutionId: string;
let key: string;
let keyId: string;

beforeEach(async () => {
  env().limits.requestsPerCredential = { perMinute: 100_000, burst: 10_000 };
  institutionId = await makeInstitution();
  ({ key, id: keyId } = await makeKey(institutionId, { scopes: ["keys:write", "subscribers:write"] }));
});

const body = { name: "Nightly import", owner: "institution", scopes: ["subscribers:write"], expiresInDays: 90 };

function call(method: string, path: string, more: { as?: string; body?: unknown; headers?: Record<string, string> } = {}) {
  const [, kind = "", id, rest] = /^\/api\/v1\/([\w-]+)(?:\/([^/?]+))?(\/requests)?/.exec(path) ?? [];
  const name = { keys: "keyId", "signing-keys": "signingKeyId", "access-tokens": "accessTokenId" }[kind] ?? "";
  return callProgram({
    file: `api/v1/${kind}${id ? `/[${name}]` : ""}${rest ?? ""}/route.ts`,
    method,
    path,
    params: id ? { [name]: id } : {},
    headers: { "x-api-key": more.as ?? key, ...more.headers },
    ...(more.body === undefined ? {} : { body: more.body }),
  });
}

describe("keys, made and ended by programs", () => {
  test("a key is made, used, listed, watched and revoked", async () => {
    const answer = await call("POST", "/api/v1/keys", { body });
    expect(answer.status).toBe(201);
    const made = (await answer.json()) as { id: string; key: string };
    const listed = await (await call("GET", "/api/v1/keys")).json();
    expect(listed.items.map(({ id }: { id: string }) => id).sort()).toEqual([made.id, keyId].sort());
    expect(JSON.stringify(listed)).not.toContain(made.key.slice(15));
    expect((await call("GET", "/api/v1/keys", { as: made.key })).status).toBe(403);
    const log = await (await call("GET", `/api/v1/keys/${made.id}/requests?status=4xx`)).json();
    expect(log.items).toEqual([expect.objectContaining({ route: "/api/v1/keys", status: 403, error: "forbidden: scope" })]);
    expect((await call("DELETE", `/api/v1/keys/${made.id}`)).status).toBe(204);
    expect((await call("GET", "/api/v1/keys", { as: made.key })).status).toBe(401);
    expect((await call("GET", `/api/v1/keys/${made.id}`)).status).toBe(200);
  });

  test("R54: 200 requests at once with one Idempotency-Key make one key, and each that is answered gets the same", async () => {
    const headers = { "idempotency-key": "nightly-1" };
    const answers = await Promise.all(Array.from({ length: 200 }, () => call("POST", "/api/v1/keys", { body, headers })));
    expect(answers.filter((one) => one.status === 201 && !one.headers.has("idempotency-replay"))).toHaveLength(1);
    const made = new Set<string>();
    for (const answer of answers) {
      if (answer.status === 201) {
        made.add(((await answer.json()) as { key: string }).key);
      } else {
        expect([answer.status, answer.headers.get("retry-after")]).toEqual([409, "1"]);
      }
    }
    expect(made.size).toBe(1);
    const rows = await asAdmin("SELECT 1 FROM api_key WHERE institution_id = $1 AND name = $2", [institutionId, body.name]);
    expect(rows).toHaveLength(1);
    const differing = await call("POST", "/api/v1/keys", { body: { ...body, expiresInDays: 91 }, headers });
    expect([differing.status, ((await differing.json()) as { code: string }).code]).toEqual([422, "idempotency_mismatch"]);
    // what was remembered is sealed, and replays for whoever made it alone
    const stored = await asAdmin<{ answer: string }>("SELECT answer FROM idempotency WHERE institution_id = $1", [institutionId]);
    expect(stored.map(({ answer }) => answer).join()).not.toContain([...made][0]?.slice(15));
    const other = await makeKey(institutionId, { scopes: ["keys:write", "subscribers:write"] });
    const theirs = await call("POST", "/api/v1/keys", { as: other.key, body, headers });
    expect([...made]).not.toContain(((await theirs.json()) as { key: string }).key);
  });

  test("R52: a revoked key's own go with it, and its signing keys where that is asked", async () => {
    const made = async (as: string, path: string, sent: object) => (await call("POST", path, { as, body: sent })).json();
    const parent = await made(key, "/api/v1/keys", { name: "First", owner: "institution", scopes: ["keys:write", "subscribers:write"] });
    const child = await made(parent.key, "/api/v1/keys", { name: "Second", owner: "institution", scopes: ["subscribers:write"] });
    const { key: signer, id: signerId } = await makeKey(institutionId, { scopes: ["keys:write", "subscriptions:write"] });
    const signing = await made(signer, "/api/v1/signing-keys", { name: "Application" });
    const shown = await (await call("GET", `/api/v1/keys/${parent.id}`)).json();
    expect(shown.made).toEqual([{ type: "api_key", id: child.id, name: "Second" }]);
    expect((await call("DELETE", `/api/v1/keys/${parent.id}?signingKeys=maybe`)).status).toBe(422);
    expect((await call("DELETE", `/api/v1/keys/${parent.id}`)).status).toBe(204);
    expect((await call("GET", "/api/v1/keys", { as: child.key })).status).toBe(401);
    expect((await call("DELETE", `/api/v1/keys/${signerId}?signingKeys=true`)).status).toBe(204);
    expect(await (await call("GET", `/api/v1/signing-keys/${signing.id}`)).json()).toMatchObject({ state: "revoked" });
  });

  test("R60: what only the product decides is refused", async () => {
    for (const more of [{ id: keyId }, { userId: keyId }, { hash: "00" }, { prefix: "sk_x" }, { institutionId }, { revokedAt: null }]) {
      expect((await call("POST", "/api/v1/keys", { body: { ...body, ...more } })).status).toBe(422);
    }
  });

  test("R61: another institution's key, token or signing key looks like an unknown one", async () => {
    const other = await makeInstitution();
    const { actor } = await makeMember(other, "owner");
    const theirs = await makeKey(other, { userId: actor.userId });
    const signing = await makeSigningKey(other);
    const token = await makeAccessToken({ institutionId: other, userId: actor.userId });
    const said = async (method: string, path: string) => {
      const answer = await call(method, path);
      const { instance: _, request_id: __, ...problem } = (await answer.json()) as Record<string, unknown>;
      return [answer.status, problem];
    };
    for (const [method, kind, id, rest] of [
      ["GET", "keys", theirs.id, ""],
      ["DELETE", "keys", theirs.id, ""],
      ["GET", "keys", theirs.id, "/requests"],
      ["GET", "signing-keys", signing.id, ""],
      ["DELETE", "signing-keys", signing.id, ""],
      ["DELETE", "access-tokens", token.id, ""],
    ] as const) {
      const foreign = await said(method, `/api/v1/${kind}/${id}${rest}`);
      expect([foreign[0], foreign], `${method} ${kind}`).toEqual([404, await said(method, `/api/v1/${kind}/${newId()}${rest}`)]);
    }
    const ended = await asAdmin(
      `SELECT id FROM api_key WHERE institution_id = $1 AND revoked_at IS NOT NULL UNION ALL
       SELECT id FROM signing_key WHERE institution_id = $1 AND revoked_at IS NOT NULL UNION ALL
       SELECT id FROM access_token WHERE institution_id = $1 AND revoked_at IS NOT NULL`,
      [other],
    );
    expect(ended).toEqual([]);
    expect((await call("GET", "/api/v1/keys", { as: theirs.key })).status).toBe(200);
  });

  test("no program makes an access token", async () => {
    const refused = await call("POST", "/api/v1/access-tokens", { body: { name: "Token" } });
    expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ reason: "consoleOnly" })]);
  });
});
