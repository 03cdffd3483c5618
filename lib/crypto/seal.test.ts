import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseKeyring } from "./keyring";
import { DecryptError, open, openText, rewrap, type SealedPlace, seal, sealedKid } from "./seal";

const entry = (kid: string) => `${kid}:${randomBytes(32).toString("base64")}`;
const first = entry("k1");
const second = entry("k2");
const ring = (...entries: string[]) => parseKeyring(entries.join(","), "SECRETS_KEYS");
const keyring = ring(first);
const place: SealedPlace = { table: "integration", institutionId: "i-1", rowId: "r-1", field: "password", version: 1 };

function refusal(run: () => unknown): DecryptError {
  try {
    run();
  } catch (error) {
    if (error instanceof DecryptError) {
      return error;
    }
    throw error;
  }
  throw new Error("It opened.");
}

describe("R50: sealing", () => {
  it("R50: any text and any bytes come back as they were", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.uint8Array(), (text, bytes) => {
        expect(openText(keyring, seal(keyring, text, place), place)).toBe(text);
        expect(new Uint8Array(open(keyring, seal(keyring, bytes, place), place))).toEqual(bytes);
      }),
    );
  });

  it("R50: the format is v1.kid.wrappedDEK.nonce.ct.tag, with a fresh key and nonce each time", () => {
    const parts = [1, 2].map(() => seal(keyring, "hunter2 and more", place).split("."));
    const [one, two] = parts;
    expect(one?.slice(0, 2)).toEqual(["v1", "k1"]);
    expect(one?.slice(2).map((part) => Buffer.from(part, "base64url").length)).toEqual([60, 12, 16, 16]);
    expect(one?.slice(2).filter((part) => two?.includes(part))).toEqual([]);
  });

  it("R50: a value opens in its own place only", () => {
    const sealed = seal(keyring, "secret", place);
    const elsewhere: SealedPlace[] = [
      { ...place, table: "connection" },
      { ...place, institutionId: "i-2" },
      { ...place, institutionId: null },
      { ...place, rowId: "r-2" },
      { ...place, field: "apiKey" },
      { ...place, version: 2 },
      { ...place, table: "integrationi", institutionId: "-1" },
    ];
    for (const other of elsewhere) {
      expect(refusal(() => open(keyring, sealed, other)).reason).toBe("refused");
      expect(refusal(() => rewrap(ring(second, first), sealed, other)).reason).toBe("refused");
    }
    const global = seal(keyring, "secret", { ...place, institutionId: null });
    expect(refusal(() => open(keyring, global, { ...place, institutionId: "" })).reason).toBe("refused");
  });

  it("R50: more than 500 mutations are all refused with the same kind of error", () => {
    const sealed = seal(keyring, "a secret of some length", place);
    const other = seal(keyring, "another secret of a length", place);
    const mutated = [...characterChanges(sealed), ...bitFlips(sealed), ...cuts(sealed), ...splices(sealed, other)];
    expect(mutated.length).toBeGreaterThan(1500);
    for (const value of mutated) {
      expect(refusal(() => open(keyring, value, place)).kid ?? "").not.toContain("secret");
      expect(() => rewrap(ring(second, first), value, place)).toThrow(DecryptError);
    }
  });

  it("R50: whatever text stands in the column, the answer is a DecryptError", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.base64String()), (text, parts) => {
        expect(refusal(() => open(keyring, text, place)).reason).toBe("malformed");
        expect(refusal(() => open(keyring, ["v1", "k1", ...parts].join("."), place))).toBeInstanceOf(DecryptError);
      }),
    );
  });

  it("R67: the error carries neither the value nor the key", () => {
    const sealed = seal(keyring, "secret", place);
    const error = refusal(() => open(ring(second), sealed, place));
    expect(error).toMatchObject({ reason: "unknown_key", kid: "k1" });
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain(sealed.split(".")[2]);
  });
});

describe("R51: rotation", () => {
  it("R51: an old key still opens, the new one writes, and after rewrap the old one can go", () => {
    const old = seal(keyring, "secret", place);
    const both = ring(second, first);
    expect(openText(both, old, place)).toBe("secret");
    const moved = rewrap(both, old, place);
    expect([sealedKid(old), sealedKid(moved), sealedKid(seal(both, "x", place))]).toEqual(["k1", "k2", "k2"]);
    expect(openText(ring(second), moved, place)).toBe("secret");
    expect(refusal(() => open(keyring, moved, place)).reason).toBe("unknown_key");
  });

  it("R51: rewrap can be repeated, and leaves what is current as it is", () => {
    const sealed = seal(keyring, "secret", place);
    expect(rewrap(keyring, sealed, place)).toBe(sealed);
    const moved = rewrap(ring(second, first), sealed, place);
    expect(rewrap(ring(second, first), moved, place)).toBe(moved);
  });

  it("R51: a key's id alone does not make it the right key", () => {
    const sealed = seal(keyring, "secret", place);
    expect(refusal(() => open(ring(entry("k1")), sealed, place)).reason).toBe("refused");
  });
});

function* characterChanges(sealed: string): Generator<string> {
  for (let at = 0; at < sealed.length; at += 1) {
    for (const character of ["A", "b", "7", "-", "_", "+", "=", ".", " "]) {
      if (sealed[at] !== character) {
        yield sealed.slice(0, at) + character + sealed.slice(at + 1);
      }
    }
  }
}

function* bitFlips(sealed: string): Generator<string> {
  const parts = sealed.split(".");
  for (let part = 2; part < parts.length; part += 1) {
    const bytes = Buffer.from(parts[part] ?? "", "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      yield parts.with(part, flipped.toString("base64url")).join(".");
    }
  }
}

function* cuts(sealed: string): Generator<string> {
  for (let length = 0; length < sealed.length; length += 1) {
    yield sealed.slice(0, length);
    yield sealed.slice(length + 1);
  }
  yield `${sealed}.`;
  yield `${sealed}A`;
}

function* splices(sealed: string, other: string): Generator<string> {
  const [mine, theirs] = [sealed.split("."), other.split(".")];
  for (let part = 2; part < mine.length; part += 1) {
    yield mine.with(part, theirs[part] ?? "").join(".");
  }
}
