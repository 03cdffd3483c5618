import type { Variables } from "./part.ts";
import { Stop } from "./stop.ts";

const OWN_DATABASE_NEEDS = [
  "APP_ORIGIN",
  "AUTH_SECRET",
  "SECRETS_KEYS",
  "CODE_PEPPERS",
  "SYSTEM_SMTP_URL",
  "SYSTEM_MAIL_FROM",
  "SYSTEM_SMS_URL",
];

export interface Address {
  port: number;
  /** What the console listens on: this machine alone, unless APP_ORIGIN or HOST says otherwise. */
  host: string;
  origin: string;
}

export function readAddress(env: Variables): Address {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Stop("PORT must be a number from 1 to 65535.");
  const origin = env.APP_ORIGIN || `http://localhost:${port}`;
  return { port, origin, host: env.HOST || (isLocal(origin) ? "127.0.0.1" : "0.0.0.0") };
}

/** With a database of the operator's, nothing is made up: each setting is theirs to give. */
export function requireSettings(env: Variables): void {
  const missing = OWN_DATABASE_NEEDS.filter((name) => !env[name]);
  if (missing.length > 0) throw new Stop(`DATABASE_URL is set, so ${missing.join(", ")} must be set too.`);
}

function isLocal(origin: string): boolean {
  try {
    return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(origin).hostname);
  } catch {
    throw new Stop("APP_ORIGIN must be an origin, such as https://reach.example");
  }
}
