import { expect, test } from "vitest";
import { judgeOwnership } from "@/lib/channels/email-domain/ownership";
import { smtpConfig } from "@/lib/channels/providers/smtp-config";
import { tidyHost } from "@/lib/channels/providers/smtp-paste";
import { judgeEnvelope, judgeSignIn } from "@/lib/delivery/smtp-diagnosis/judge";

const LONG = 60_000;
const amidst = (filling: string) => `x${filling.repeat(LONG / filling.length)}x`;
const spaces = amidst(" ");
const config = { host: "mail.example", port: 587, security: "starttls", auth: "none" };
const password = { kind: "password", mechanism: "PLAIN", appPasswordsOnly: false } as const;

// What others chose is read on the one thread that serves everybody.
test.each<[string, () => unknown]>([
  ["a typed host", () => tidyHost(spaces)],
  ["a host in a request", () => smtpConfig.safeParse({ ...config, host: spaces })],
  ["a certificate authority", () => smtpConfig.safeParse({ ...config, ca: "-----BEGIN CERTIFICATE-----".repeat(2_400) })],
  ["a refused recipient", () => judgeEnvelope("rcpt_to", { code: 450, lines: ["deferred ".repeat(7_000)] }, true)],
  ["a refused sign-in", () => judgeSignIn({ code: 535, lines: ["deferred ".repeat(7_000)] }, password)],
  ["a TXT record", () => judgeOwnership([amidst('"'), spaces], "token")],
])("%s of 60 kB is read in no time", (_, read) => {
  const startedAt = performance.now();
  read();
  expect(performance.now() - startedAt).toBeLessThan(250);
});

test("a host that is found wanting for its length alone is refused", () => {
  expect(smtpConfig.safeParse({ ...config, host: spaces }).success).toBe(false);
  expect(smtpConfig.safeParse({ ...config, host: `${" ".repeat(300)}mail.example${" ".repeat(300)}` }).data?.host).toBe("mail.example");
});
