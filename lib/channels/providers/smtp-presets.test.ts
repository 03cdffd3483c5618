import { describe, expect, test } from "vitest";
import { smtpConfig } from "@/lib/channels/providers/smtp-config";
import { presetOf, SMTP_PRESETS } from "@/lib/channels/providers/smtp-presets";

const SECRETS = { password: "p", username: "u", oauthClientId: "c", oauthRefreshToken: "r" };

test("every provider of the list is there, each once, the one that fixes nothing last", () => {
  const ids = SMTP_PRESETS.map(({ id }) => id);
  expect(ids).toEqual([
    "gmail",
    "microsoft365",
    "ses",
    "sendgrid",
    "mailgun",
    "postmark",
    "mailjet",
    "brevo",
    "zoho",
    "fastmail",
    "custom",
  ]);
});

describe.each(SMTP_PRESETS.filter(({ id }) => id !== "custom").map((preset) => [preset.id, preset] as const))("%s", (_, preset) => {
  const hosts = [preset.host, ...(preset.regions ?? []).map(({ host }) => host)];

  test("is plain data", () => {
    expect(JSON.parse(JSON.stringify(preset))).toEqual(preset);
  });

  test("fills a form that only lacks what the account knows", () => {
    const { port, security, auth, username = "", oauthTokenUrl = "" } = preset;
    for (const host of hosts) {
      const config = { host, port, security, auth, ...SECRETS, ...(username ? { username } : {}), oauthTokenUrl };
      expect(smtpConfig.safeParse(config).error?.issues).toBeUndefined();
    }
  });

  test("goes over TLS, on the port that belongs to it", () => {
    expect([preset.security, preset.port]).toEqual(preset.port === 465 ? ["tls", 465] : ["starttls", 587]);
  });

  test("is known again by its host", () => {
    for (const host of hosts) expect(presetOf(` ${host.toUpperCase()} `)).toBe(preset);
    expect(hosts[0]).toBe(preset.regions?.[0]?.host ?? preset.host);
  });
});

test("a server that nobody knows is nobody's", () => {
  expect(presetOf("mail.example.com")).toBeUndefined();
  expect(presetOf("")).toBeUndefined();
});
