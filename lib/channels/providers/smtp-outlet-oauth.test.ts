import { describe, expect, test } from "vitest";
import type { SecretKeeper } from "@/lib/channels/providers/define";
import { makeCertificate } from "@/tests/support/certificate";
import { server } from "@/tests/support/mail-conversation";
import { outlet, reachTo, send, smtp } from "@/tests/support/outlet";
import type { Script } from "@/tests/support/scripted-smtp";
import { oneTimeTokens, type TokenAnswer, tokenEndpoint } from "@/tests/support/token-endpoint";

const certificate = makeCertificate("localhost", "127.0.0.1");
const REFUSED = "535 5.7.8 token expired";
const bearer = (token: string) => Buffer.from(`user=user@example.com\x01auth=Bearer ${token}\x01\x01`).toString("base64");

const tokens = (expiresIn: number | undefined) => (visit: number) => ({
  body: JSON.stringify({ access_token: `token-${visit}`, token_type: "Bearer", expires_in: expiresIn }),
});

async function setUp(answer: Parameters<typeof tokenEndpoint>[1], script: Script = () => undefined) {
  const endpoint = await tokenEndpoint(certificate, answer);
  const mx = await server({
    certificate,
    extensions: ["STARTTLS", "AUTH XOAUTH2"],
    script,
  });
  const config = smtp(mx.port, {
    ca: certificate.cert,
    auth: "oauth2",
    username: "user@example.com",
    oauthTokenUrl: `https://localhost:${endpoint.port}/token`,
    oauthClientId: "client",
    oauthClientSecret: "shh",
    oauthRefreshToken: "1//refresh",
  });
  return { endpoint, mx, config, open: (keeper?: SecretKeeper) => outlet(config, reachTo(mx.port, endpoint.port), keeper && { keeper }) };
}

describe("signing in with OAuth 2", () => {
  test("R45: a server that repeats an access token is not repeated", async () => {
    const { open } = await setUp(tokens(3600), (line) => (line.startsWith("AUTH") ? `535 5.7.8 token-1 "${line}" no` : undefined));
    expect(await send(open())).toMatchObject({ reason: "auth_failed", reply: '535 5.7.8 *** "AUTH XOAUTH2 ***" no' });
  });

  test("the refresh token buys an access token, and that signs in, over TLS alone", async () => {
    const { endpoint, mx, open } = await setUp(tokens(3600));
    expect((await send(open())).outcome).toBe("sent");
    expect(Object.fromEntries(new URLSearchParams(endpoint.asked[0]))).toEqual({
      grant_type: "refresh_token",
      refresh_token: "1//refresh",
      client_id: "client",
      client_secret: "shh",
    });
    expect(mx.commands).toContain(`AUTH XOAUTH2 ${bearer("token-1")}`);
    expect(mx.inClear()).not.toMatch(/AUTH |token-1/);
  });

  test("one token serves every connection until its end", async () => {
    const { endpoint, mx, open } = await setUp(tokens(undefined));
    const through = open();
    const results = await Promise.all(Array.from({ length: 12 }, () => send(through)));
    expect(results.every((result) => result.outcome === "sent")).toBe(true);
    expect(mx.connections()).toBeGreaterThan(1);
    expect(endpoint.asked).toHaveLength(1);
  });

  test("a kept token that the server no longer takes is bought anew", async () => {
    let revoked = false;
    const isOld = (line: string) => revoked && line.startsWith("AUTH") && line.endsWith(bearer("token-1"));
    const { endpoint, mx, open } = await setUp(tokens(3600), (line) => (isOld(line) ? REFUSED : undefined));
    const through = open();
    expect((await send(through)).outcome).toBe("sent");
    revoked = true;
    // The kept connection takes one of them, the others need new ones.
    const results = await Promise.all([send(through), send(through), send(through)]);
    expect(results.map((result) => result.outcome)).toEqual(["sent", "sent", "sent"]);
    expect(endpoint.asked).toHaveLength(2);
    expect(mx.messages).toHaveLength(4);
  });

  test("a server that explains its refusal first is asked with a new token as well", async () => {
    const isOld = (line: string) => line.startsWith("AUTH") && line.endsWith(bearer("token-1"));
    const { endpoint, mx, open } = await setUp(tokens(3600), (line) =>
      isOld(line) ? "334 eyJzdGF0dXMiOiI0MDAifQ==" : line === "" ? REFUSED : undefined,
    );
    expect((await send(open())).outcome).toBe("sent");
    expect([endpoint.asked.length, mx.messages.length]).toEqual([2, 1]);
  });

  test("where a new token is refused, so is the send", async () => {
    const { endpoint, open } = await setUp(tokens(3600), (line) => (line.startsWith("AUTH") ? REFUSED : undefined));
    const refused = { outcome: "refused", reason: "auth_failed", smtpCode: 535, reply: REFUSED };
    const through = open();
    expect(await send(through)).toEqual(refused);
    expect(endpoint.asked).toHaveLength(1);
    expect(await send(through)).toEqual(refused);
    expect(endpoint.asked).toHaveLength(2);
  });

  test("a refresh token that is replaced with every use is followed", async () => {
    const { endpoint, open } = await setUp(oneTimeTokens("1//refresh"), (line) => (line.startsWith("AUTH") ? REFUSED : undefined));
    const through = open();
    for (let n = 0; n < 3; n += 1) await send(through);
    const given = endpoint.asked.map((form) => new URLSearchParams(form).get("refresh_token"));
    expect(given).toEqual(["1//refresh", "refresh-1", "refresh-2"]);
  });

  test("what others had replaced meanwhile is taken from where it is kept, and one's own put there", async () => {
    const { endpoint, open } = await setUp(oneTimeTokens("elsewhere"));
    const stored = ["1//refresh", "elsewhere"];
    const kept: string[][] = [];
    const keeper = {
      latest: async () => stored.shift(),
      replace: async (...renewal: string[]) => void kept.push(renewal),
    };
    expect((await send(open(keeper))).outcome).toBe("sent");
    expect(endpoint.asked).toHaveLength(2);
    expect(kept).toEqual([["oauthRefreshToken", "elsewhere", "refresh-1"]]);
  });

  test.each([
    [
      "a refresh token that was withdrawn",
      { status: 400, body: '{"error":"invalid_grant"}' },
      { outcome: "refused", reason: "auth_failed" },
    ],
    ["a client that is not known", { status: 401, body: '{"error":"invalid_client"}' }, { outcome: "refused", reason: "auth_failed" }],
    ["an endpoint that is out of order", { status: 503, body: "" }, { outcome: "temporary", reason: "auth_failed" }],
    ["an answer without a token", { body: "{}" }, { outcome: "temporary", reason: "auth_failed" }],
    ["an answer that is a page", { body: "<html>" }, { outcome: "temporary", reason: "auth_failed" }],
    ["a token that would break the line", { body: '{"access_token":"a\\r\\nQUIT"}' }, { outcome: "temporary", reason: "auth_failed" }],
  ] as Array<[string, TokenAnswer, object]>)("R47: %s ends it before anything is said to sign in", async (_, answer, verdict) => {
    const { mx, open } = await setUp(() => answer);
    expect(await send(open())).toEqual(verdict);
    expect(mx.commands.join()).not.toMatch(/AUTH|MAIL/);
  });

  test("R46: a token endpoint is checked like everything else that an institution names", async () => {
    const { endpoint, mx, config } = await setUp(tokens(3600));
    expect(await send(outlet(config, reachTo(mx.port)))).toEqual({ outcome: "refused", reason: "refused_by_policy" });
    for (const url of [`https://2130706433:${endpoint.port}/token`, "https://169.254.169.254/token", "http://metadata.localhost/token"]) {
      const through = outlet({ ...config, oauthTokenUrl: url }, { ...reachTo(mx.port, endpoint.port), allowCidrs: ["127.0.0.1/32"] });
      expect(await send(through)).toMatchObject({ outcome: "refused", reason: "refused_by_policy" });
    }
    expect(endpoint.asked).toEqual([]);
  });
});
