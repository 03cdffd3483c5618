import { describe, expect, test } from "vitest";
import { hostSlip, readSmtpUrl, tidyHost } from "@/lib/channels/providers/smtp-paste";

describe("a pasted address", () => {
  const signedIn = { auth: "password", username: "user", password: "pass" };

  test.each([
    ["smtp://user:pass@mail.example:587", { host: "mail.example", port: "587", security: "starttls", ...signedIn }],
    ["smtps://user:pass@mail.example:465", { host: "mail.example", port: "465", security: "tls", ...signedIn }],
    ["smtps://user:pass@mail.example", { host: "mail.example", port: "465", security: "tls", ...signedIn }],
    ["smtp://user:pass@mail.example", { host: "mail.example", port: "587", security: "starttls", ...signedIn }],
    ["smtp://user:pass@mail.example:465", { host: "mail.example", port: "465", security: "tls", ...signedIn }],
    ["  SMTPS://user:pass@MAIL.Example:2465/?pool=true \n", { host: "mail.example", port: "2465", security: "tls", ...signedIn }],
    ["<smtp://user:pass@mail.example>", { host: "mail.example", port: "587", security: "starttls", ...signedIn }],
    ["smtp://mail.example:25", { host: "mail.example", port: "25", security: "starttls", auth: "none", username: "", password: "" }],
    ["smtp://user:pass@[2001:db8::25]:587", { host: "2001:db8::25", port: "587", security: "starttls", ...signedIn }],
    [
      "smtp://a%40b.example:p%40ss%2Fw%25@mail.example",
      { host: "mail.example", port: "587", security: "starttls", auth: "password", username: "a@b.example", password: "p@ss/w%" },
    ],
    [
      "smtp://a@b.example:p@ss/w%rd@mail.example:587",
      { host: "mail.example", port: "587", security: "starttls", auth: "password", username: "a@b.example", password: "p@ss/w%rd" },
    ],
  ])("%s fills the form", (text, expected) => {
    expect(readSmtpUrl(text)).toEqual(expected);
  });

  test.each(["mail.example", "https://user:pass@mail.example", "smtp://", "smtp://user:pass@", "smtp://a b", "smtp://host:99999999"])(
    "%s is none",
    (text) => {
      expect(readSmtpUrl(text)).toBeNull();
    },
  );
});

describe("a typed host", () => {
  test.each([
    ["  smtp.example.com\t\n", "smtp.example.com"],
    ["\u00a0smtp.example.com\u200b", "smtp.example.com"],
    ["[2001:db8::25]", "2001:db8::25"],
    ["smtp.example.com", "smtp.example.com"],
  ])("%j is read as %s", (typed, host) => {
    expect(tidyHost(typed)).toBe(host);
    expect(hostSlip(host)).toBeNull();
  });

  test.each(["localhost", "mail", "smtp-relay.example.co.uk", "_mail.example", "メール.例え.jp", "192.0.2.25", "2001:db8::25"])(
    "%s is one",
    (host) => {
      expect(hostSlip(host)).toBeNull();
    },
  );

  test.each([
    ["ann@example.com", "host_is_email"],
    ["https://mail.example", "host_is_url"],
    ["smtp://ann@mail.example", "host_is_url"],
    ["mail.example/path", "host_is_url"],
    ["mail.example:587", "host_with_port"],
    ["mail example", "host_invalid"],
    ["mail..example", "host_invalid"],
    ["mail.example.", "host_invalid"],
    ["-mail.example", "host_invalid"],
    ["127.1", "host_invalid"],
    ["0x7f.1", "host_invalid"],
    ["2130706433", "host_invalid"],
    ["256.1.1.1", "host_invalid"],
    ["fe80::1%eth0", "host_invalid"],
    ["mail.example\nX", "host_invalid"],
  ])("%j is told apart: %s", (typed, slip) => {
    expect(hostSlip(typed)).toBe(slip);
  });
});
