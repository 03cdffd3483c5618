import pino, { type DestinationStream, type Logger } from "pino";
import { redactValue } from "./redact";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const UNSAFE_CHARACTER = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const SHARED = Symbol.for("reachable.logger");
const shared = globalThis as { [SHARED]?: Logger };

export type { Logger };

/** JSON, one line an event, UTC. Every line is redacted as a whole, whatever way its words came in. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  const safe: DestinationStream = { write: (line) => destination.write(`${safeLine(line)}\n`) };
  return pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, safe);
}

/** One per process: the server's bundles each hold a copy of this module. */
shared[SHARED] ??= createLogger("info", pino.destination({ fd: 1, sync: true }));
export const logger: Logger = shared[SHARED];

export function setLogLevel(level: string): void {
  logger.level = level;
}

function safeLine(line: string): string {
  const clean = JSON.stringify(redactValue(JSON.parse(line)));
  return clean.replace(UNSAFE_CHARACTER, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
