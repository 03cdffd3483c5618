import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseKeyring } from "./keyring";
import { lookupHash, lookupHashes } from "./lookup-hash";

const entry = (kid: string) => `${kid}:${randomBytes(32).toString("base64")}`;
const first = entry("p1");
const second = entry("p2");
const peppers = parseKeyring(first, "CODE_PEPPERS");

describe("R67: addresses in keys", () => {
  it("R67: the same address gives the same key, and no key shows its address", () => {
    const key = lookupHash(peppers, "suppression", "i-1", "jane@example.com");
    expect(lookupHash(peppers, "suppression", "i-1", "jane@example.com")).toBe(key);
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(key).not.toContain("jane");
  });

  it("R67: keys of different purposes, institutions and peppers have nothing in common", () => {
    const keys = [
      lookupHash(peppers, "suppression", "i-1", "jane@example.com"),
      lookupHash(peppers, "limit", "i-1", "jane@example.com"),
      lookupHash(peppers, "suppression", "i-2", "jane@example.com"),
      lookupHash(peppers, "suppression", "i-1j", "ane@example.com"),
      lookupHash(peppers, "suppression", null, "i-1", "jane@example.com"),
      lookupHash(parseKeyring(second, "CODE_PEPPERS"), "suppression", "i-1", "jane@example.com"),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("R8: after a rotation a row under the old pepper is still found", () => {
    const old = lookupHash(peppers, "suppression", "i-1", "jane@example.com");
    const both = parseKeyring(`${second},${first}`, "CODE_PEPPERS");
    const [current, earlier] = lookupHashes(both, "suppression", "i-1", "jane@example.com");
    expect(earlier).toBe(old);
    expect(current).toBe(lookupHash(both, "suppression", "i-1", "jane@example.com"));
  });
});
