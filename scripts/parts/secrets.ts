import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "./data-folder.ts";
import { Stop } from "./stop.ts";

const token = (): string => randomBytes(32).toString("base64url");
const ring = (): string => `k1:${randomBytes(32).toString("base64")}`;

const MAKERS = {
  AUTH_SECRET: token,
  SECRETS_KEYS: ring,
  CODE_PEPPERS: ring,
  databasePassword: token,
  databaseAdminPassword: token,
  catcherToken: token,
};

export type Secrets = Record<keyof typeof MAKERS, string>;

/** Reads the secrets of this folder, and makes those that are missing. */
export function readSecrets(folder: string): Secrets {
  const file = join(folder, "secrets.json");
  const found = existsSync(file) ? parse(file) : {};
  if (Object.keys(found).length === 0 && existsSync(join(folder, "postgres"))) {
    throw new Stop(
      `${file} is missing, and without it ${join(folder, "postgres")} cannot be opened; put it back, or move ${folder} away to begin anew.`,
    );
  }
  const names = Object.keys(MAKERS) as (keyof Secrets)[];
  const missing = names.filter((name) => found[name] === undefined);
  const secrets = Object.fromEntries(names.map((name) => [name, found[name] ?? MAKERS[name]()])) as Secrets;
  if (missing.length > 0) writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`);
  chmodSync(file, 0o600);
  return secrets;
}

function parse(file: string): Partial<Secrets> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof value === "object" && value !== null && Object.values(value).every((entry) => typeof entry === "string")) return value;
  } catch {
    // told below
  }
  throw new Stop(`${file} is damaged; restore it from a backup, or move ${join(file, "..")} away to begin anew.`);
}
