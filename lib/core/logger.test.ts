import { describe, expect, it } from "vitest";
import { createLogger } from "./logger";

function capture() {
  const lines: string[] = [];
  const logger = createLogger("debug", { write: (line) => lines.push(line) });
  const last = () => JSON.parse(lines.at(-1) ?? "") as Record<string, unknown>;
  return { logger, lines, last };
}

describe("R67: the log", () => {
  it("R67: every event is one line of JSON with a UTC time", () => {
    const { logger, lines, last } = capture();
    logger.info({ n: 1 }, "a message");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{[^\n]*\}\n$/);
    expect(last()).toMatchObject({ n: 1, msg: "a message" });
    expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("R67: control characters are escaped, so that nobody forges a line or moves a terminal", () => {
    const { logger, lines, last } = capture();
    const forged = 'a\r\n{"level":30,"msg":"forged"}\u001b[2J\u007f\u0085\u2028\u202e\u200b';
    logger.warn({ name: forged, [`key${forged}`]: 1 }, forged);
    logger.child({ child: forged }).warn("x");
    for (const line of lines) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand there.
      expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e\u200b]/);
    }
    expect(last().child).toBe(forged);
  });

  it("R67: secrets are taken out of fields, messages, errors, causes and children alike", () => {
    const { logger, lines } = capture();
    const secret = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
    const error = new Error(`no answer from /verify/${secret}`, { cause: new Error("smtp://u:hunter2@mail.example failed") });
    Object.assign(error, { code: "ECONNRESET", config: { headers: { authorization: "hunter2" } } });
    logger.error(error);
    logger.error({ err: error, password: "hunter2" }, `link /verify/${secret}`);
    logger.child({ token: secret, requestId: "req_1" }).info({ req: { headers: { cookie: "hunter2" } } }, "to jane@example.com");
    const written = lines.join("");
    expect(written).not.toMatch(/hunter2|q83vEjRW|jane@/);
    expect(written).toContain("ECONNRESET");
    expect(written).toContain('"requestId":"req_1"');
    expect(written).toContain("j***@example.com");
  });

  it("R67: what cannot be written as it is does not stop the process", () => {
    const { logger, lines } = capture();
    const circular: Record<string, unknown> = { big: 10n, undef: undefined, fn: () => 1 };
    circular.self = circular;
    logger.info(circular, "odd %s", "value");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("odd value");
  });
});
