import { describe, expect, test } from "vitest";
import { type SmtpConfig, smtpConfig } from "@/lib/channels/providers/smtp-config";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { makeAuthority, makeCertificate } from "@/tests/support/certificate";

const GOOD = { host: "smtp.example.com", port: 587, security: "starttls" as const, username: "ann", password: "secret" };
const OAUTH = { auth: "oauth2", oauthTokenUrl: "https://login.example/token", oauthClientId: "id", oauthRefreshToken: "token" };

/** "field:code" of everything that is refused. */
function refusals(changes: Record<string, unknown>): string[] {
  try {
    parseInput(smtpConfig, { ...GOOD, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.fields ?? []).map(({ path, code }) => `${path}:${code}`);
  }
}

test("what is left out has a value", () => {
  expect(smtpConfig.parse(GOOD)).toEqual({
    ...GOOD,
    auth: "password",
    oauthTokenUrl: "",
    oauthClientId: "",
    oauthClientSecret: "",
    oauthRefreshToken: "",
    connectionTimeoutMs: 10_000,
    readTimeoutMs: 30_000,
    ca: "",
  } satisfies SmtpConfig);
});

test.each([
  ["a host of 512 characters", { host: `${"a".repeat(508)}.com` }],
  ["spaces around the host", { host: "  smtp.example.com " }],
  ["no sign-in", { auth: "none", username: undefined, password: undefined }],
  ["no sign-in and no TLS", { auth: "none", security: "none" }],
  ["OAuth", { ...OAUTH, password: undefined }],
  ["the shortest time-outs", { connectionTimeoutMs: 1000, readTimeoutMs: 1000 }],
  ["the longest time-outs", { connectionTimeoutMs: 60_000, readTimeoutMs: 120_000 }],
  ["a chain of authorities", { ca: `${makeAuthority().cert}\r\n${makeCertificate("a.example").cert}` }],
])("%s is taken", (_, changes) => {
  expect(refusals(changes)).toEqual([]);
});

describe("what does not fit is told at its field", () => {
  test.each([
    [{ host: " " }, "host:required"],
    [{ host: "a".repeat(513) }, "host:too_long"],
    [{ host: "ann@example.com" }, "host:host_is_email"],
    [{ host: "https://smtp.example.com" }, "host:host_is_url"],
    [{ host: "smtp.example.com:587" }, "host:host_with_port"],
    [{ host: "127.1" }, "host:host_invalid"],
    [{ port: undefined }, "port:required"],
    [{ port: 0 }, "port:too_small"],
    [{ port: 65_536 }, "port:too_big"],
    [{ security: "ssl" }, "security:invalid"],
    [{ username: "" }, "username:required"],
    [{ username: "ann\r\nQUIT" }, "username:control_character"],
    [{ password: "" }, "password:required"],
    [{ password: undefined }, "password:required"],
    [{ security: "none" }, "security:security_needs_tls"],
    [{ ...OAUTH, oauthTokenUrl: undefined }, "oauthTokenUrl:required"],
    [{ ...OAUTH, oauthTokenUrl: "login.example" }, "oauthTokenUrl:invalid"],
    [{ ...OAUTH, oauthTokenUrl: "https://a:b@login.example" }, "oauthTokenUrl:invalid"],
    [{ ...OAUTH, oauthClientId: "" }, "oauthClientId:required"],
    [{ ...OAUTH, oauthRefreshToken: "" }, "oauthRefreshToken:required"],
    [{ connectionTimeoutMs: 999 }, "connectionTimeoutMs:too_small"],
    [{ connectionTimeoutMs: 60_001 }, "connectionTimeoutMs:too_big"],
    [{ readTimeoutMs: 999 }, "readTimeoutMs:too_small"],
    [{ readTimeoutMs: 120_001 }, "readTimeoutMs:too_big"],
    [{ ca: "no certificate" }, "ca:ca_invalid"],
    [{ ca: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }, "ca:ca_invalid"],
    [{ ca: makeAuthority().cert + makeAuthority().key }, "ca:ca_is_key"],
    [{ colour: "red" }, "colour:unknown"],
  ])("%j: %s", (changes, refusal) => {
    expect(refusals(changes)).toEqual([refusal]);
  });
});
