export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

export type JsonProblem = "invalid_json" | "duplicate_key" | "too_deep" | "forbidden_key" | "invalid_string";

export type ParsedJson =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly code: JsonProblem; readonly pointer: string };

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids these inside a string.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERALS = { true: true, false: false, null: null } as const;
const FORBIDDEN_KEY = "__proto__";

/** JSON as RFC 8259 has it, without what two readers could understand differently. */
export function parseJson(text: string, maxDepth = 16): ParsedJson {
  const parser = new Parser(text, maxDepth);
  try {
    return { ok: true, value: parser.document() };
  } catch (error) {
    if (error instanceof Refusal) {
      return { ok: false, code: error.code, pointer: error.pointer };
    }
    throw error;
  }
}

class Refusal extends Error {
  constructor(
    readonly code: JsonProblem,
    readonly pointer: string,
  ) {
    super(code);
  }
}

class Parser {
  private at = 0;
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
  ) {}

  document(): JsonValue {
    const value = this.value(0);
    return this.at === this.text.length ? value : this.refuse("invalid_json");
  }

  private value(depth: number): JsonValue {
    this.match(SPACE);
    const value = this.bareValue(depth);
    this.match(SPACE);
    return value;
  }

  private bareValue(depth: number): JsonValue {
    const first = this.text[this.at];
    if (first === "{" || first === "[") {
      if (depth === this.maxDepth) {
        return this.refuse("too_deep");
      }
      this.at += 1;
      return first === "{" ? this.object(depth + 1) : this.array(depth + 1);
    }
    if (first === '"') {
      return this.string();
    }
    const literal = this.literal();
    return literal === undefined ? this.number() : literal;
  }

  private object(depth: number): JsonValue {
    const result: { [key: string]: JsonValue } = {};
    this.match(SPACE);
    if (this.take("}")) {
      return result;
    }
    do {
      this.match(SPACE);
      const key = this.string();
      this.path.push(key);
      if (key === FORBIDDEN_KEY) {
        this.refuse("forbidden_key");
      }
      if (Object.hasOwn(result, key)) {
        this.refuse("duplicate_key");
      }
      this.match(SPACE);
      this.expect(":");
      result[key] = this.value(depth);
      this.path.pop();
    } while (this.take(","));
    this.expect("}");
    return result;
  }

  private array(depth: number): JsonValue {
    const result: JsonValue[] = [];
    this.match(SPACE);
    if (this.take("]")) {
      return result;
    }
    do {
      this.path.push(result.length);
      result.push(this.value(depth));
      this.path.pop();
    } while (this.take(","));
    this.expect("]");
    return result;
  }

  private string(): string {
    const raw = this.match(STRING);
    if (raw === null) {
      return this.refuse("invalid_json");
    }
    const value = raw.includes("\\") ? (JSON.parse(raw) as string) : raw.slice(1, -1);
    if (value.includes("\0") || !value.isWellFormed()) {
      return this.refuse("invalid_string");
    }
    return value;
  }

  private literal(): true | false | null | undefined {
    for (const [word, value] of Object.entries(LITERALS)) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return undefined;
  }

  private number(): number {
    const raw = this.match(NUMBER);
    const value = raw === null ? Number.NaN : Number(raw);
    return Number.isFinite(value) ? value : this.refuse("invalid_json");
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }

  private take(character: string): boolean {
    const taken = this.text[this.at] === character;
    this.at += taken ? 1 : 0;
    return taken;
  }

  private expect(character: string): void {
    if (!this.take(character)) {
      this.refuse("invalid_json");
    }
  }

  private refuse(code: JsonProblem): never {
    const steps = this.path.map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1"));
    throw new Refusal(code, steps.map((step) => `/${step}`).join(""));
  }
}
