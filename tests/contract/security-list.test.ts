import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const NUMBERS = Array.from({ length: 75 }, (_, index) => `R${index + 1}`);

/** `file › title` of every test whose title begins with what it proves: "R5: …", "R69, R70: …". */
function proofs(): Array<{ proof: string; numbers: string[] }> {
  return globSync("{lib,components,scripts,tests}/**/*.{test,spec}.{ts,tsx}", { cwd: root }).flatMap((file) => {
    const tree = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
    const found: Array<{ proof: string; numbers: string[] }> = [];
    const visit = (node: ts.Node): void => {
      const title = ts.isCallExpression(node) && /^(?:test|it)\b/.test(node.expression.getText()) ? node.arguments[0] : undefined;
      const numbers = title && ts.isStringLiteralLike(title) ? /^(R\d+(?:, R\d+)*): /.exec(title.text)?.[1] : undefined;
      if (numbers)
        found.push({ proof: `${file.replaceAll("\\", "/")} › ${(title as ts.StringLiteralLike).text}`, numbers: numbers.split(", ") });
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return found;
  });
}

interface Entry {
  words: string;
  proofs: string[];
}

/** What docs/security.md says of each number. */
function entries(): Map<string, Entry> {
  const listed = new Map<string, Entry>();
  let current: Entry | undefined;
  for (const line of readFileSync(join(root, "docs/security.md"), "utf8").split("\n")) {
    const head = /^\*\*(R\d+)\*\* (.+)$/.exec(line);
    const proof = /^- `([^`]+)` (› .+)$/.exec(line);
    if (head?.[1] && head[2]) {
      current = { words: head[2], proofs: [] };
      listed.set(head[1], current);
    } else if (proof) {
      current?.proofs.push(`${proof[1]} ${proof[2]}`);
    }
  }
  return listed;
}

describe("docs/security.md", () => {
  const listed = entries();
  const proven = proofs();

  test("names every requirement once, in order", () => {
    expect([...listed.keys()]).toEqual(NUMBERS);
  });

  test.each(NUMBERS)("lists the tests of %s, each by the title that it has", (number) => {
    const expected = proven.filter(({ numbers }) => numbers.includes(number)).map(({ proof }) => proof);
    expect([...(listed.get(number)?.proofs ?? [])].sort()).toEqual([...new Set(expected)].sort());
  });

  test("says of what nothing proves that it is not there yet", () => {
    const silent = [...listed].filter(([, { words, proofs: tests }]) => tests.length === 0 && !words.includes("not yet"));
    expect(silent.map(([number]) => number)).toEqual([]);
  });

  test("numbers in titles are those of the list", () => {
    expect(proven.flatMap(({ numbers }) => numbers).filter((number) => !NUMBERS.includes(number))).toEqual([]);
  });
});
