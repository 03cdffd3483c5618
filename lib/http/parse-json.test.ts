import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "./parse-json";

const problem = (text: string, maxDepth?: number) => {
  const result = parseJson(text, maxDepth);
  return result.ok ? "none" : `${result.code} ${result.pointer}`.trim();
};

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("R42: JSON", () => {
  it.each([
    ['{"a":1,"a":2}', "duplicate_key /a"],
    ['{"a":1,"\\u0061":2}', "duplicate_key /a"],
    ['[{"a":{"b":1,"b":1}}]', "duplicate_key /0/a/b"],
    ['{"x/y":{"~":1,"~":1}}', "duplicate_key /x~1y/~0"],
    ['{"__proto__":{}}', "forbidden_key /__proto__"],
    ['{"a":[{"__prot\\u006f__":1}]}', "forbidden_key /a/0/__proto__"],
    ['{"a":"x\\u0000y"}', "invalid_string /a"],
    ['{"a\\u0000":1}', "invalid_string"],
    ['["\\ud800"]', "invalid_string /0"],
    ['["\\udc00\\ud800"]', "invalid_string /0"],
    ['["\\ud83d\\ude00"]', "none"],
    [nested(16), "none"],
    [nested(17), `too_deep ${"/0".repeat(16)}`],
    [`${'{"a":'.repeat(17)}1${"}".repeat(17)}`, `too_deep ${"/a".repeat(16)}`],
    ["[".repeat(60_000), `too_deep ${"/0".repeat(16)}`],
    ["[1e999]", "invalid_json /0"],
    ["\ufeff{}", "invalid_json"],
    ["{} {}", "invalid_json"],
    ["[1,]", "invalid_json /1"],
    ['{"a":1,}', "invalid_json"],
    ["{'a':1}", "invalid_json"],
    ["[NaN]", "invalid_json /0"],
    ["[01]", "invalid_json"],
    ["[+1]", "invalid_json /0"],
    ["\u00a0[]", "invalid_json"],
    ["", "invalid_json"],
  ])("R42: %j gives %j", (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  it("R42: names that objects inherit are keys like any other", () => {
    const text = '{"constructor":1,"toString":2,"hasOwnProperty":3,"prototype":4}';
    expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  it("R42: what JSON.stringify writes reads back as JSON.parse reads it", () => {
    const json = fc.json({ maxDepth: 12, stringUnit: "binary" });
    fc.assert(
      fc.property(json, fc.constantFrom("", " ", "\n\t "), (text, space) => {
        const result = parseJson(`${space}${text}${space}`);
        if (result.ok) {
          expect(result.value).toStrictEqual(JSON.parse(text));
        } else {
          expect(["invalid_string", "forbidden_key"]).toContain(result.code);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("R42: broken texts are refused exactly where JSON.parse refuses them", () => {
    const pieces = fc.constantFrom(...'{}[]:,"\\-+.eE0123456789 truefalsn/ub\n\u00e9', '"a":', "null", "true", '"\\u00e9"', "1.5e-3");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const text = parts.join("");
        const result = parseJson(text);
        if (result.ok) {
          expect(result.value).toStrictEqual(JSON.parse(text));
        } else if (result.code === "invalid_json" && !/e\+?\d{3}/i.test(text)) {
          expect(() => JSON.parse(text)).toThrow(SyntaxError);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it("R42: one changed character never gives another value than JSON.parse gives", () => {
    const change = fc.tuple(fc.json({ maxDepth: 4 }), fc.nat(), fc.string({ minLength: 1, maxLength: 1, unit: "binary-ascii" }));
    fc.assert(
      fc.property(change, ([text, at, character]) => {
        const place = at % (text.length + 1);
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        const result = parseJson(changed);
        if (result.ok) {
          expect(result.value).toStrictEqual(JSON.parse(changed));
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("R42: 64 KiB of hostile text are read in linear time", () => {
    const hostile = [
      `"${"\\\\".repeat(32_000)}`,
      `[${"1,".repeat(32_000)}`,
      `${" ".repeat(65_000)}`,
      "-".repeat(65_000),
      `{"${"a".repeat(65_000)}`,
    ];
    const started = performance.now();
    expect(hostile.map((text) => parseJson(text).ok)).toEqual(hostile.map(() => false));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
