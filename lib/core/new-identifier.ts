import { randomInt } from "node:crypto";

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

/** A name that nobody chose: `chconn_` and so many characters. It says nothing, and no secret hangs on it. */
export function newIdentifier(prefix: string, separator: "_" | "-" = "_", length = 12): string {
  return `${prefix}${separator}${Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")}`;
}
