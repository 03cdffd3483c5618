import { hash, type Options, parseOptions, verify } from "@node-rs/argon2";
import { isCommon, isMostly } from "./password-guess";

export const MIN_PASSWORD_LENGTH = 15;
export const MAX_PASSWORD_LENGTH = 256;

/** NFKC can make a text longer; far beyond the limit it is not worth the work. */
const MAX_RAW_LENGTH = 4 * MAX_PASSWORD_LENGTH;
const APP_WORDS = ["reachable"];

/** OWASP's argon2id setting with 19 MiB. `algorithm` 2 is argon2id, `version` 1 is 0x13. */
const COST = { algorithm: 2, version: 1, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } satisfies Options;
const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`;

export type PasswordProblem = "too_short" | "too_long" | "too_common" | "contains_context";

/** What an attacker knows of the account: the address, the institution's and the person's name. */
export type PasswordContext = { readonly email?: string | undefined; readonly words?: readonly string[] | undefined };

/** NIST SP 800-63B-4 for a password that is the only factor: length and a list of what is guessed first, nothing else. */
export function checkPassword(password: string, context: PasswordContext = {}): PasswordProblem | null {
  if (password.length > MAX_RAW_LENGTH) {
    return "too_long";
  }
  const normal = normalize(password);
  const length = [...normal].length;
  if (length < MIN_PASSWORD_LENGTH) {
    return "too_short";
  }
  if (length > MAX_PASSWORD_LENGTH) {
    return "too_long";
  }
  if (isCommon(normal)) {
    return "too_common";
  }
  const known = [...APP_WORDS, context.email?.split("@")[0] ?? "", context.email ?? "", ...(context.words ?? [])];
  return isMostly(normal, known.map(normalize)) ? "contains_context" : null;
}

export async function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), COST);
}

/** null stands for an account that does not exist: it costs the same work and is never right. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const acceptable = password.length <= MAX_RAW_LENGTH;
  const right = await verify(stored ?? NOBODY, normalize(acceptable ? password : ""));
  return right && acceptable && stored !== null;
}

/** True for a hash made with less work than today's setting: hash again at the next sign-in. */
export function needsRehash(stored: string): boolean {
  const { algorithm, memoryCost, timeCost } = parseOptions(stored);
  return algorithm !== COST.algorithm || memoryCost < COST.memoryCost || timeCost < COST.timeCost;
}

function normalize(password: string): string {
  return password.normalize("NFKC");
}
