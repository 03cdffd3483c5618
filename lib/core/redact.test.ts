import { describe, expect, it } from "vitest";
import { redactPath, redactText, redactValue } from "./redact";

const token = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";

describe("R67: what is kept out of logs", () => {
  it.each([
    [`GET /verify/${token}`, "GET /verify/[redacted]"],
    ["/invitation/short?x=1", "/invitation/[redacted]?x=1"],
    ["/reset-password/abc/", "/reset-password/[redacted]/"],
    ["/setup?token=abc&x=1", "/setup?token=[redacted]&x=1"],
    [`token was ${token}.`, "token was [redacted]."],
    ["Bearer sk_abcdefghijkl", "Bearer [redacted]"],
    ["key sk_4hKd0aZ9mQpLr7Tt2bXcV1nY8wE3uI6oJ5gH4fD2sA1kL9zM0 went", "key sk_[redacted] went"],
    ["/api/v1/keys?api_key=pk_4hKd0aZ9mQpLr7Tt2bXcV1nY8wE3uI6o", "/api/v1/keys?api_key=pk_[redacted]"],
    ["user key eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.AAAA_bbb-c", "user key [redacted]"],
    ["-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nrest", "[redacted]\nrest"],
    ["mask_of_something_with_words_in_it", "mask_of_something_with_words_in_it"],
    ["postgres://app:pa55w0rd@db:5432/x", "postgres://[redacted]@db:5432/x"],
    ["Your code is 012345", "Your code is [redacted]"],
    ["@reach.example #012345", "@reach.example #[redacted]"],
    ["to jane.doe+tag@example.com now", "to j***@example.com now"],
    ["to +8613812345689 now", "to +86******89 now"],
    ["took 123456 ms", "took 123456 ms"],
    ["018f2f3e-9f3b-7c11-8a55-1f2d3c4b5a69", "018f2f3e-9f3b-7c11-8a55-1f2d3c4b5a69"],
  ])("R67: %j becomes %j", (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it("R13: a logged path has no query and no token", () => {
    expect(redactPath(`/verify/${token}?next=1#x`)).toBe("/verify/[redacted]");
    expect(redactPath("/contact-points?search=jane%40example.com")).toBe("/contact-points");
  });

  it("R67: fields are known by their names, at any depth", () => {
    const secrets = {
      Authorization: "x",
      cookie: ["x"],
      "set-cookie": "x",
      password: "x",
      newPassword: "x",
      sessionToken: "x",
      clientSecret: "x",
      "x-api-key": "x",
      auth: { user: "u" },
      code: "012345",
      typedCode: 123_456,
    };
    const clean = redactValue({ request: [{ headers: secrets }] });
    expect(clean).toEqual({
      request: [{ headers: Object.fromEntries(Object.keys(secrets).map((key) => [key, "[redacted]"])) }],
    });
  });

  it("R67: what helps to find a fault stays", () => {
    const kept = { code: "ECONNREFUSED", sqlCode: "23505", responseCode: 550, tokenId: "t-1", password: null, n: 1, ok: true };
    expect(redactValue(kept)).toEqual(kept);
  });

  it("R67: long and deep input is cut, in linear time", () => {
    const started = performance.now();
    for (const unit of ["a", "a.", "a-", "a@", "http:", "/verify/", "1", "code ", " "]) {
      expect(redactText(unit.repeat(100_000)).length).toBeLessThan(200_000);
    }
    expect(performance.now() - started).toBeLessThan(3_000);
    let deep: unknown = "end";
    for (let level = 0; level < 50; level += 1) {
      deep = { deep };
    }
    expect(JSON.stringify(redactValue(deep))).toContain("[too deep]");
  });
});
