import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashToken, isToken, newToken } from "./tokens";

describe("R3: tokens", () => {
  it("R3: a token is 32 random bytes in base64url", () => {
    const tokens = Array.from({ length: 1_000 }, newToken);
    expect(new Set(tokens).size).toBe(1_000);
    expect(tokens.every((token) => isToken(token) && Buffer.from(token, "base64url").length === 32)).toBe(true);
  });

  it("R3: anything else does not have a token's shape", () => {
    const token = newToken();
    const others = ["", token.slice(1), `${token}A`, `${token}\n`, `${token.slice(1)}+`, `${token.slice(0, -1)}B`, `${token}=`];
    expect(others.map(isToken)).toEqual(others.map(() => false));
  });

  it("R8: what is stored is the SHA-256 of the token", () => {
    const token = newToken();
    expect(Buffer.from(hashToken(token))).toEqual(createHash("sha256").update(token).digest());
    expect(hashToken(newToken())).not.toEqual(hashToken(token));
  });
});
