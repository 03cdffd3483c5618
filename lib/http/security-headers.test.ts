import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";

const production = { appOrigin: "https://reach.example", mode: "production" } as const;
const local = { appOrigin: "http://localhost:3000", mode: "production" } as const;
const development = { appOrigin: "http://localhost:3000", mode: "development" } as const;

const directives = (policy: string) => Object.fromEntries(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));

describe("R58: headers", () => {
  it("R58: the policy names no other host, and nothing inline without the nonce", () => {
    expect(directives(contentSecurityPolicy("abc", production))).toEqual({
      "default-src": ["'self'"],
      "script-src": ["'self'", "'nonce-abc'", "'strict-dynamic'"],
      "style-src": ["'self'", "'nonce-abc'"],
      "img-src": ["'self'", "data:"],
      "font-src": ["'self'"],
      "connect-src": ["'self'"],
      "frame-src": ["'self'"],
      "object-src": ["'none'"],
      "base-uri": ["'none'"],
      "form-action": ["'self'"],
      "frame-ancestors": ["'none'"],
      "upgrade-insecure-requests": [],
    });
  });

  it("R56, R58: with Turnstile it names that, for a script and a frame alone", () => {
    const [off, on] = [production, { ...production, turnstile: {} }].map((settings) => directives(contentSecurityPolicy("abc", settings)));
    const host = "https://challenges.cloudflare.com";
    expect(on).toEqual({ ...off, "script-src": [...(off?.["script-src"] ?? []), host], "frame-src": ["'self'", host] });
  });

  it("R58: what hot reload needs is allowed in development alone", () => {
    expect(contentSecurityPolicy("abc", development)).toMatch(/'unsafe-eval'.*ws:/);
    expect(contentSecurityPolicy("abc", local)).not.toMatch(/unsafe|ws:|upgrade/);
  });

  it("R58: every path has the same set", () => {
    const names = (path: string) => Object.keys(securityHeaders(path, "abc", production)).sort();
    const expected = [
      "Content-Security-Policy",
      "Content-Security-Policy-Report-Only",
      "Cross-Origin-Opener-Policy",
      "Cross-Origin-Resource-Policy",
      "Permissions-Policy",
      "Referrer-Policy",
      "Strict-Transport-Security",
      "X-Content-Type-Options",
      "X-Frame-Options",
    ];
    for (const path of ["/", "/sign-in", "/api/v1/contact-points", "/nowhere", "/_next/static/x.js", "/catcher/mail/1/html"]) {
      expect(names(path)).toEqual(expected);
    }
    expect(names("/verify/abc")).toEqual([...expected, "X-Robots-Tag"]);
  });

  it("R58: HSTS is promised only where https is served", () => {
    expect(securityHeaders("/", "abc", production)["Strict-Transport-Security"]).toBe("max-age=31536000; includeSubDomains");
    expect(securityHeaders("/", "abc", local)).not.toHaveProperty("Strict-Transport-Security");
  });

  it("R13: pages whose address holds a token are not indexed and tell no other origin their address", () => {
    for (const path of ["/verify/abc", "/invitation/abc", "/reset-password/abc", "/setup"]) {
      expect(securityHeaders(path, "abc", local)).toMatchObject({ "X-Robots-Tag": "noindex", "Referrer-Policy": "same-origin" });
    }
    expect(securityHeaders("/verifying", "abc", local)).not.toHaveProperty("X-Robots-Tag");
  });

  it("R58: a caught mail is shown without scripts, without an origin and without fetching anything", () => {
    const headers = securityHeaders("/catcher/mail/abc/html", "abc", production);
    const policy = directives(headers["Content-Security-Policy"] ?? "");
    expect(policy["default-src"]).toEqual(["'none'"]);
    expect(policy["frame-ancestors"]).toEqual(["'self'"]);
    expect(policy.sandbox?.join(" ")).not.toMatch(/allow-(?:scripts|same-origin|forms)/);
    expect(headers["X-Frame-Options"]).toBe("SAMEORIGIN");
    expect(securityHeaders("/catcher/mail/abc/html/x", "abc", production)["X-Frame-Options"]).toBe("DENY");
  });
});
