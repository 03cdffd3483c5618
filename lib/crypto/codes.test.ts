import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type CodeSubject, hashCode, newCode, readCode, verifyCode } from "./codes";
import { parseKeyring } from "./keyring";

const entry = (kid: string) => `${kid}:${randomBytes(32).toString("base64")}`;
const first = entry("p1");
const second = entry("p2");
const ring = (...entries: string[]) => parseKeyring(entries.join(","), "CODE_PEPPERS");
const peppers = ring(first);
const subject: CodeSubject = { institutionId: "i-1", contactPointId: "c-1", addressVersion: 1, code: "012345" };

describe("R1: codes", () => {
  it("R1: a code is exactly six decimal digits, and a leading zero is as likely as any other digit", () => {
    const codes = Array.from({ length: 20_000 }, newCode);
    expect(codes.every((code) => /^[0-9]{6}$/.test(code))).toBe(true);
    for (let position = 0; position < 6; position += 1) {
      for (const digit of "0123456789") {
        const count = codes.filter((code) => code[position] === digit).length;
        // 2,000 are expected; six standard deviations are 255.
        expect(Math.abs(count - 2_000)).toBeLessThan(256);
      }
    }
  });

  it.each([
    ["012345", "012345"],
    [" 012 345 ", "012345"],
    ["012-345", "012345"],
    ["０１２３４５", "012345"],
    ["01234", null],
    ["0123456", null],
    ["01234a", null],
    ["٠١٢٣٤٥", null],
    ["", null],
    ["0".repeat(1_000_000), null],
  ])("R1: what is typed as %j is read as %j", (typed, code) => {
    expect(readCode(typed)).toBe(code);
  });
});

describe("R8: hashes of codes", () => {
  it("R8: the right code verifies under the pepper that made the hash", () => {
    const { kid, hash } = hashCode(peppers, subject);
    expect([kid, hash.length]).toEqual(["p1", 32]);
    expect(verifyCode(peppers, kid, subject, hash)).toBe(true);
    expect(verifyCode(peppers, kid, subject, new Uint8Array(hash))).toBe(true);
  });

  it("R8: after a rotation both peppers are read, and the new one writes", () => {
    const old = hashCode(peppers, subject);
    const both = ring(second, first);
    const fresh = hashCode(both, subject);
    expect([old.kid, fresh.kid]).toEqual(["p1", "p2"]);
    expect(verifyCode(both, old.kid, subject, old.hash)).toBe(true);
    expect(verifyCode(both, fresh.kid, subject, fresh.hash)).toBe(true);
    expect(verifyCode(both, fresh.kid, subject, old.hash)).toBe(false);
    expect(verifyCode(ring(second), old.kid, subject, old.hash)).toBe(false);
  });

  it("R8: a hash belongs to one institution, contact point, version and code", () => {
    const { kid, hash } = hashCode(peppers, subject);
    const others: CodeSubject[] = [
      { ...subject, institutionId: "i-2" },
      { ...subject, contactPointId: "c-2" },
      { ...subject, addressVersion: 2 },
      { ...subject, code: "012346" },
      { ...subject, institutionId: "i-1c", contactPointId: "-1" },
      { ...subject, addressVersion: 10, code: "12345" },
    ];
    expect(others.map((other) => verifyCode(peppers, kid, other, hash))).toEqual(others.map(() => false));
  });

  it("R9: a stored hash of another length is a plain no", () => {
    const { kid, hash } = hashCode(peppers, subject);
    const stored = [Buffer.alloc(0), hash.subarray(0, 31), Buffer.concat([hash, Buffer.alloc(1)])];
    expect(stored.map((value) => verifyCode(peppers, kid, subject, value))).toEqual([false, false, false]);
  });

  it("R8: without the pepper the million codes cannot be tried", () => {
    const { kid, hash } = hashCode(peppers, subject);
    expect(verifyCode(ring(entry("p1")), kid, subject, hash)).toBe(false);
  });
});
