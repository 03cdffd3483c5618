import { z } from "zod";
import { fieldMeta } from "@/lib/channels/define";
import { type FormValue, holds } from "@/lib/channels/form-spec";
import { secretsOf } from "@/lib/channels/form-spec-for";
import type { CredentialForm } from "@/lib/channels/providers/catalogue/define";
import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { Secrets } from "@/lib/services/integrations/secrets";

export type PlainConfig = Record<string, unknown>;

export interface StoredConfig {
  config: PlainConfig;
  secrets: Secrets;
}

export interface MergedConfig extends StoredConfig {
  /** Both together, as the provider takes it. */
  full: Record<string, unknown>;
  /** The names of the plain fields that changed. */
  changed: string[];
  /** The names of the secrets that were given anew, or taken away. */
  renewed: string[];
}

type Form = Pick<CredentialForm, "id" | "config" | "bound">;

export const configSchema = z.record(z.string().max(64), z.unknown());

const NOTHING: StoredConfig = { config: {}, secrets: {} };

/**
 * What a provider's form would be after these edits. A secret that is left out, or comes back as its mask, is the
 * stored one, but never at another destination than it was given for (R44). The mask itself is never kept.
 */
export function mergeConfig(type: Form, given: PlainConfig, stored = NOTHING, whole = true): MergedConfig {
  const secretNames = secretsOf(type);
  const typed = new Set(secretNames.filter((name) => given[name] !== undefined && !isMask(given[name])));
  const merged: Record<string, unknown> = whole ? {} : { ...stored.config };
  const edited = Object.keys(given).length > 0;
  for (const [name, value] of Object.entries(given)) {
    if (!secretNames.includes(name) || typed.has(name)) {
      merged[name] = value;
    }
  }
  for (const name of secretNames.filter((each) => !typed.has(each) && stored.secrets[each] !== undefined)) {
    merged[name] = stored.secrets[name];
  }
  for (const [name, value] of Object.entries(merged)) {
    // nothing is kept that its provider does not ask for, a secret least of all
    const leftOver = (edited && !(name in given)) || secretNames.includes(name);
    if (value === null || (leftOver && !isAskedFor(type, name, merged))) {
      delete merged[name];
    }
  }
  const { config: full } = parseInput(z.object({ config: type.config }), { config: merged });
  const secrets = Object.fromEntries(
    secretNames.flatMap((name) => (typeof full[name] === "string" && full[name] !== "" ? [[name, full[name] as string]] : [])),
  );
  const config = Object.fromEntries(
    Object.entries(full).filter(([name, value]) => !secretNames.includes(name) && value !== undefined && value !== null),
  );
  refuseElsewhere(
    type,
    stored,
    config,
    Object.keys(secrets).filter((name) => !typed.has(name)),
  );
  const names = [...new Set([...Object.keys(config), ...Object.keys(stored.config)])];
  return {
    config,
    secrets,
    full,
    changed: names.filter((name) => !same(type, name, stored.config, config)),
    // a secret that is given again counts as a new one: whether it is the old one is nobody's to find out
    renewed: secretNames.filter((name) => (name in secrets ? typed.has(name) : name in stored.secrets)),
  };
}

/** The stored values with every secret as its mask, as answers and forms show them (R45). */
export function maskedConfig(config: PlainConfig, secretNames: readonly string[]): Record<string, unknown> {
  return { ...config, ...Object.fromEntries(secretNames.map((name) => [name, SECRET_MASK])) };
}

/** With spaces around it, which forms drop, it is the mask all the same. */
function isMask(value: unknown): boolean {
  return typeof value === "string" && value.trim() === SECRET_MASK;
}

/** R44: a stored secret goes nowhere but where it was meant for. */
function refuseElsewhere(type: Form, stored: StoredConfig, config: PlainConfig, kept: readonly string[]): void {
  if (kept.length > 0 && type.bound.some((name) => !same(type, name, stored.config, config))) {
    throw new AppError("validation", { fields: kept.map((name) => ({ path: `config.${name}`, code: "password_required" })) });
  }
}

/** A field that a form left alone stays at its default, which an older row may not hold yet. */
function same(type: Form, name: string, a: PlainConfig, b: PlainConfig): boolean {
  const value = (config: PlainConfig) => JSON.stringify(config[name] ?? defaultOf(type, name) ?? "");
  return value(a) === value(b);
}

function isAskedFor(type: Form, name: string, values: Record<string, unknown>): boolean {
  const schema = type.config.shape[name] as z.ZodType | undefined;
  const shown = schema && fieldMeta.get(schema)?.showWhen;
  return !shown || holds(shown, (values[shown.field] ?? defaultOf(type, shown.field)) as FormValue | undefined);
}

function defaultOf(type: Form, name: string): unknown {
  const schema = type.config.shape[name] as z.ZodType | undefined;
  return schema?.safeParse(undefined).data;
}
