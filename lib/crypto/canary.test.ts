import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkCanary, freshCanary } from "./canary";
import { parseKeyring } from "./keyring";

const entry = (kid: string) => `${kid}:${randomBytes(32).toString("base64")}`;
const k1 = entry("k1");
const k2 = entry("k2");
const ring = (...entries: string[]) => parseKeyring(entries.join(","), "SECRETS_KEYS");

function stored(entries: string[], before: string | null): string {
  const check = checkCanary(ring(...entries), before);
  if (!check.ok || check.toStore === undefined) {
    throw new Error("There is nothing to store.");
  }
  return check.toStore;
}

describe("R51: the canary", () => {
  it("R51: the first start stores one, and later starts change nothing", () => {
    const value = stored([k1], null);
    expect(checkCanary(ring(k1), value)).toEqual({ ok: true });
  });

  it("R51: start(k1), restart(k2,k1), rewrap, restart(k2)", () => {
    const both = stored([k2, k1], stored([k1], null));
    expect(checkCanary(ring(k2, k1), both)).toEqual({ ok: true });
    expect(checkCanary(ring(k2), both)).toEqual({ ok: false, kid: "k1" });
    expect(checkCanary(ring(k2), freshCanary(ring(k2, k1)))).toEqual({ ok: true });
  });

  it("R51: going back to the old key alone is refused, since the new one has written", () => {
    const both = stored([k2, k1], stored([k1], null));
    expect(checkCanary(ring(k1), both)).toEqual({ ok: false, kid: "k2" });
    expect(checkCanary(ring(k1, k2), both)).toEqual({ ok: true });
  });

  it("R51: another key under the same id, and a damaged value, are refused", () => {
    const value = stored([k1], null);
    expect(checkCanary(ring(entry("k1")), value)).toEqual({ ok: false, kid: "k1" });
    expect(checkCanary(ring(k1), `${value}x`)).toMatchObject({ ok: false });
    expect(checkCanary(ring(k1), "")).toEqual({ ok: false, kid: null });
  });
});
