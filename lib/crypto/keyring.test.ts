import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { findKey, KeyringError, parseKeyring } from "./keyring";

const encoded = (bytes = 32) => randomBytes(bytes).toString("base64");

describe("R51: SECRETS_KEYS and CODE_PEPPERS", () => {
  it("R51: the first key is the current one, and all can be found", () => {
    const keyring = parseKeyring(`k2:${encoded()}, k1:${encoded()}`, "SECRETS_KEYS");
    expect(keyring.current.kid).toBe("k2");
    expect(keyring.keys.map((key) => key.kid)).toEqual(["k2", "k1"]);
    expect(findKey(keyring, "k1")?.kid).toBe("k1");
    expect(findKey(keyring, "k3")).toBeUndefined();
  });

  it("R51: base64url without padding is read as well", () => {
    const bytes = randomBytes(32);
    const [standard, url] = [bytes.toString("base64"), bytes.toString("base64url")].map(
      (text) => parseKeyring(`k:${text}`, "SECRETS_KEYS").current.key,
    );
    expect(standard && url && standard.equals(url)).toBe(true);
  });

  it.each([
    ["nothing", undefined, "is not set"],
    ["an empty string", "", "is not set"],
    ["commas alone", " , ", "is not set"],
    ["a key without an id", encoded(), "entry 1 has no key id"],
    ["an empty id", `:${encoded()}`, "entry 1 has a malformed key id"],
    ["an id with a dot", `k.1:${encoded()}`, "entry 1 has a malformed key id"],
    ["31 bytes", `k1:${encoded(31)}`, "entry 1 is not 32 bytes"],
    ["33 bytes", `k1:${encoded(33)}`, "entry 1 is not 32 bytes"],
    ["words instead of base64", `k1:${"not base64 at all ".repeat(3)}`, "entry 1 is not 32 bytes"],
    ["a trailing comma", `k1:${encoded()},`, "entry 2 has no key id"],
    ["one id twice", `k1:${encoded()},k1:${encoded()}`, "entry 2 repeats the id"],
    ["zeros", `k1:${Buffer.alloc(32).toString("base64")}`, "entry 1 is all zeros"],
  ])("R51: %s is refused, naming the variable and not the value", (_case, value, reason) => {
    const parse = () => parseKeyring(value, "SECRETS_KEYS");
    expect(parse).toThrow(KeyringError);
    expect(parse).toThrow(`SECRETS_KEYS ${reason}`);
    for (const part of (value ?? "").split(/[,:]/).filter((piece) => piece.trim().length > 8)) {
      expect(parse).not.toThrow(part);
    }
  });

  it("R67: a keyring that is printed by mistake shows no key", () => {
    const secret = randomBytes(32);
    const keyring = parseKeyring(`k1:${secret.toString("base64")}`, "SECRETS_KEYS");
    const printed = inspect(keyring, { depth: null, showHidden: true }) + JSON.stringify(keyring);
    expect(printed).not.toContain(secret.toString("base64"));
    expect(printed).not.toContain(secret.toString("hex"));
  });
});
