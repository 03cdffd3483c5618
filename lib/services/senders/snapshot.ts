import { maskEmail } from "@/lib/core/email-address";
import { maskPhone } from "@/lib/core/phone-number";
import { redactText } from "@/lib/core/redact";
import type { Prisma, Sender } from "@/lib/db/generated/client";
import type { PlainConfig } from "@/lib/services/integrations/config";

/** Certificates and templates are long, and a line of the log is short. */
const LONGEST = 100;

/** The masked snapshot for audit rows (R66): nothing in it says more than a list may show. */
export function snapshot(row: Sender): Prisma.InputJsonObject {
  return {
    type: row.type,
    name: row.name,
    remark: row.remark,
    host: row.host,
    fromAddress: row.fromAddress && maskEmail(row.fromAddress),
    fromName: row.fromName,
    fromNumber: row.fromNumber?.startsWith("+") ? maskPhone(row.fromNumber) : row.fromNumber,
    isDefault: row.isDefault,
    state: row.state,
    ratePerMinute: row.ratePerMinute,
  };
}

/** The plain fields of a configuration that a change is about. */
export function configSnapshot(config: PlainConfig, changed: readonly string[]): Prisma.InputJsonObject {
  return Object.fromEntries(changed.map((name) => [name, shorten(config[name])])) as Prisma.InputJsonObject;
}

/** Of two snapshots what differs between them. */
export function difference(
  before: Prisma.InputJsonObject,
  after: Prisma.InputJsonObject,
): [Prisma.InputJsonObject, Prisma.InputJsonObject] {
  const changed = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const only = (of: Prisma.InputJsonObject) => Object.fromEntries(changed.map((name) => [name, of[name] ?? null]));
  return [only(before), only(after)];
}

function shorten(value: unknown): Prisma.InputJsonValue | null {
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") {
    return value ?? null;
  }
  const text = redactText(typeof value === "string" ? value : JSON.stringify(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
