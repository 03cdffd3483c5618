import type { DiagnosisResult } from "@/lib/channels/diagnosis";
import { secretsOf } from "@/lib/channels/form-spec-for";
import { providerType } from "@/lib/channels/providers/registry";
import { WEB_PUSH } from "@/lib/channels/providers/web-push";
import { maskedConfig, type PlainConfig } from "@/lib/services/integrations/config";
import type { SecretFacts } from "@/lib/services/integrations/secrets";
import type { SenderRecord } from "@/lib/services/senders/records";

export const SENDER_STATES = ["pending", "active", "inactive", "error"] as const;
/** Push and chat senders write from no address: no ladder, no default and no proof is theirs. */
export const SENDER_TYPES = ["email", "sms", "push", "chat"] as const;
export type SenderType = (typeof SENDER_TYPES)[number];

export type SenderState = (typeof SENDER_STATES)[number];

/** What a list shows of a sender. There is no secret in it, and no place for one. */
export interface SenderDto {
  id: string;
  type: SenderType;
  name: string;
  remark: string | null;
  host: string | null;
  provider: string;
  integration: { id: string; name: string /** How many senders stand on it. */; senders: number };
  /** Where it goes: "smtp.example.com:587". */
  destination: string;
  fromAddress: string | null;
  fromName: string | null;
  fromNumber: string | null;
  /** Whether its address is one that the institution may write from; null for numbers. */
  fromStanding: "verified_domain" | "own_account" | "unproven" | null;
  isDefault: boolean;
  state: SenderState;
  stateReason: string | null;
  stateReply: string | null;
  stateAt: string;
  /** The settings as they stand now are proven. */
  proven: boolean;
  provenAt: string | null;
  /** Messages go out through it: as it stands, or as it was proven last (R49). */
  sending: boolean;
  health: SenderHealth;
  createdAt: string;
  updatedAt: string;
}

export interface SenderHealth {
  failureRun: number;
  circuitOpenUntil: string | null;
  /** Messages wait for it since then. */
  heldSince: string | null;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  lastFailureReason: string | null;
  /** The last 14 days in their order, UTC; a day without messages is not among them. */
  days: Array<{ day: string; sent: number; failed: number }>;
}

export interface SecretFactDto {
  field: string;
  at: string;
  /** Who set it, as they are called today; null when they are gone. */
  by: string | null;
}

/** One sender in full: what its form starts from, with every stored secret as its mask. */
export interface SenderDetailDto extends SenderDto {
  config: Record<string, unknown>;
  secrets: SecretFactDto[];
  revision: number;
  provenBy: string | null;
  diagnosis: DiagnosisResult | null;
  diagnosedAt: string | null;
  /** The diagnosis is of the settings as they stand now. */
  diagnosisIsCurrent: boolean;
  ratePerMinute: number | null;
  metadata: Record<string, unknown>;
  phoneNumberId: string | null;
  createdById: string | null;
  createdBy: string | null;
  updatedById: string | null;
  updatedBy: string | null;
}

export function toSenderDto(row: SenderRecord): SenderDto {
  return {
    id: row.id,
    type: row.type as SenderDto["type"],
    name: row.name,
    remark: row.remark,
    host: row.host,
    provider: row.provider,
    integration: { id: row.integrationId, name: row.integrationName, senders: row.integrationSenders },
    destination: describe(row.provider, row.config),
    fromAddress: row.fromAddress,
    fromName: row.fromName,
    fromNumber: row.fromNumber,
    fromStanding: standing(row),
    isDefault: row.isDefault,
    state: row.state as SenderState,
    stateReason: row.stateReason,
    stateReply: row.stateReply,
    stateAt: row.stateAt.toISOString(),
    proven: row.provenRevision === row.revision,
    provenAt: row.provenAt?.toISOString() ?? null,
    sending: isSending(row),
    health: {
      failureRun: row.failureRun,
      circuitOpenUntil: row.circuitOpenUntil && row.circuitOpenUntil > row.now ? row.circuitOpenUntil.toISOString() : null,
      heldSince: row.heldSince?.toISOString() ?? null,
      lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
      lastFailureAt: row.lastFailureAt?.toISOString() ?? null,
      lastFailureReason: row.lastFailureReason,
      days: row.days ?? [],
    },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** `names`: who set what, by their ids. */
export function toSenderDetailDto(row: SenderRecord, names: ReadonlyMap<string, string>): SenderDetailDto {
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    ...toSenderDto(row),
    config: maskedConfig(plainOnly(row), Object.keys(row.secretFacts)),
    secrets: Object.entries(row.secretFacts).map(([field, { at, byId }]) => ({ field, at, by: nameOf(byId) })),
    revision: row.revision,
    provenBy: nameOf(row.provenById),
    diagnosis: row.diagnosis,
    diagnosedAt: row.diagnosedAt?.toISOString() ?? null,
    diagnosisIsCurrent: row.diagnosedRevision === row.revision,
    ratePerMinute: row.ratePerMinute,
    metadata: row.metadata,
    phoneNumberId: row.phoneNumberId,
    createdById: row.createdById,
    createdBy: nameOf(row.createdById),
    updatedById: row.updatedById,
    updatedBy: nameOf(row.updatedById),
  };
}

/** R49: an active sender is used, and the last proven settings of one that waits for a new proof. */
export function isSending(row: { state: string; provenRevision: number | null }): boolean {
  return row.state === "active" || (row.state === "pending" && row.provenRevision !== null);
}

/** Whose ids an answer shows as names. */
export function peopleOf(row: SenderRecord): string[] {
  const ids = [row.provenById, row.createdById, row.updatedById, ...secretSetters(row.secretFacts)];
  return [...new Set(ids.filter((id) => id !== null))];
}

export function secretSetters(facts: SecretFacts): Array<string | null> {
  return Object.values(facts).map(({ byId }) => byId);
}

/** A row whose provider is no longer known shows nothing of where it goes. */
export function describe(provider: string, config: PlainConfig): string {
  if (provider === WEB_PUSH.id) {
    return String(config["subject"] ?? "");
  }
  return providerType(provider)?.describe(config) ?? "";
}

/** Whatever a later version of a provider made secret is not shown as plain either. */
function plainOnly(row: Pick<SenderRecord, "provider" | "config">): PlainConfig {
  const type = providerType(row.provider);
  const secret = type ? secretsOf(type) : [];
  return Object.fromEntries(Object.entries(row.config).filter(([name]) => !secret.includes(name)));
}

function standing(row: SenderRecord): SenderDto["fromStanding"] {
  if (row.fromAddress === null) {
    return null;
  }
  if (row.fromIsInDomain) {
    return "verified_domain";
  }
  const account = row.config["username"];
  return typeof account === "string" && account.toLowerCase() === row.fromAddress.toLowerCase() ? "own_account" : "unproven";
}
