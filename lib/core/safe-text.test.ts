import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { checkSingleLine, countCharacters, singleLineText } from "@/lib/core/safe-text";

const label = { max: 100 };

function outcome(input: string, limits: { max: number; min?: number } = label) {
  const result = checkSingleLine(input, limits);
  return result.ok ? result.value : `refused: ${result.reason}`;
}

describe("checkSingleLine", () => {
  test("R38: text is trimmed and put in NFC", () => {
    expect(outcome("  Caf\u0065\u0301 \u3000")).toBe("Café");
  });

  test("R38: every C0 and C1 control is refused, at the edges too", () => {
    const codes = [...Array(0x20).keys(), 0x7f, ...Array.from({ length: 0x20 }, (_, index) => 0x80 + index)];
    for (const code of codes) {
      const control = String.fromCharCode(code);
      for (const text of [`a${control}b`, `${control}a`, `a${control}`]) {
        expect(outcome(text)).toBe("refused: control_character");
      }
    }
  });

  test.each(["\u2028", "\u2029", "\ud800", "\udc00"])("R38: %j is refused as a control", (character) => {
    expect(outcome(`a${character}b`)).toBe("refused: control_character");
  });

  test("R38: bidi embeddings, overrides and isolates are refused, right-to-left text is not", () => {
    for (const code of [0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]) {
      expect(outcome(`invoice${String.fromCharCode(code)}gpj.exe`)).toBe("refused: bidi_control");
    }
    expect(outcome("שלום\u200f 2")).toBe("שלום\u200f 2");
  });

  test("R38: joiners stay, text that shows nothing does not count", () => {
    expect(outcome("👩‍👩‍👧 می‌خواهم")).toBe("👩‍👩‍👧 می‌خواهم");
    for (const blank of ["", " ", "\u200b", "\u200d\u200d", "\ufeff", "\u3164", "\u00ad"]) {
      expect(outcome(blank)).toBe("refused: too_short");
    }
    expect(outcome("", { max: 10, min: 0 })).toBe("");
  });

  test("R38: the limit counts characters, not code units", () => {
    expect(outcome("𠮷".repeat(100))).toBe("𠮷".repeat(100));
    expect(outcome("𠮷".repeat(101))).toBe("refused: too_long");
    expect(outcome(` ${"a".repeat(100)} `)).toBe("a".repeat(100));
    expect(outcome("ab", { max: 5, min: 3 })).toBe("refused: too_short");
  });

  test("R38: what passes passes again unchanged", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = checkSingleLine(text, label);
        if (once.ok) expect(checkSingleLine(once.value, label)).toEqual(once);
      }),
    );
  });
});

describe("singleLineText", () => {
  const schema = z.object({ label: singleLineText({ max: 5 }) });

  test("R38: as a schema it tidies what it accepts", () => {
    expect(schema.parse({ label: " Home " })).toEqual({ label: "Home" });
  });

  test("R38: as a schema it tells the reason and where", () => {
    const issues = schema.safeParse({ label: "a\nb" }).error?.issues;
    expect(issues).toMatchObject([
      { path: ["label"], code: "custom", message: "control_character", params: { reason: "control_character" } },
    ]);
    expect(schema.safeParse({ label: "123456" }).error?.issues).toMatchObject([{ message: "too_long", params: { max: 5, min: 1 } }]);
    expect(schema.safeParse({ label: 3 }).success).toBe(false);
  });

  test("R38: as a JSON schema it states its limits", () => {
    expect(z.toJSONSchema(schema, { io: "input" }).properties).toEqual({
      label: { type: "string", minLength: 1, maxLength: 5 },
    });
  });

  test("characters are counted by code point", () => {
    expect(countCharacters("a𠮷é")).toBe(3);
  });
});
