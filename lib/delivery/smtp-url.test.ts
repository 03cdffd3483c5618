import { describe, expect, test } from "vitest";
import { isLoopback, parseSmtpUrl } from "@/lib/delivery/smtp-url";

describe("parseSmtpUrl", () => {
  test.each([
    ["smtp://127.0.0.1:2525", { host: "127.0.0.1", port: 2525, secure: false }],
    ["smtp://mail.example.com", { host: "mail.example.com", port: 587, secure: false }],
    ["smtps://mail.example.com/", { host: "mail.example.com", port: 465, secure: true }],
    ["smtp://[::1]:25", { host: "::1", port: 25, secure: false }],
    [
      "smtps://a%40b.example:p%3A%2F%40@mail.example.com",
      { host: "mail.example.com", port: 465, secure: true, auth: { user: "a@b.example", pass: "p:/@" } },
    ],
  ])("R43: %s", (url, endpoint) => {
    expect(parseSmtpUrl(url)).toEqual(endpoint);
  });

  test.each([
    "mail.example.com",
    "https://mail.example.com",
    "smtp://",
    "smtp://user@mail.example.com",
    "smtp://:pass@mail.example.com",
    "smtp://user:%ff@mail.example.com",
    "smtp://user:s3cret@mail.example.com/?tls.rejectUnauthorized=false",
    "smtp://user:s3cret@mail.example.com/path",
    "smtp://user:s3cret@mail.example.com:99999",
  ])("R67: %s is refused without repeating it", (url) => {
    expect(() => parseSmtpUrl(url)).toThrow(TypeError);
    expect(() => parseSmtpUrl(url)).not.toThrow(/s3cret|example/);
  });
});

test.each([
  ["localhost", true],
  ["LOCALHOST", true],
  ["127.0.0.1", true],
  ["127.8.9.10", true],
  ["::1", true],
  ["localhost.example.com", false],
  ["127.0.0.1.example.com", false],
  ["10.0.0.1", false],
  ["::2", false],
])("R43: %s is on this machine: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
