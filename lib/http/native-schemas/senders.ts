import { z } from "zod";
import { type DiagnosisEvent, type DiagnosisResult, type DiagnosisStep, PROBLEMS, STEP_IDS } from "@/lib/channels/diagnosis";
import { id, instant, named, params, values } from "@/lib/http/native-schemas/common";
import { Message } from "@/lib/http/native-schemas/contact-points";
import { SENDER_STATES, SENDER_TYPES, type SenderDetailDto, type SenderDto } from "@/lib/services/senders/dto";
import type { SenderHistory } from "@/lib/services/senders/history";
import type { SendersInUse } from "@/lib/services/senders/in-use";
import type { SenderVerificationStatus } from "@/lib/services/senders/verification-status";

export const SecretFact = z.object({ field: z.string(), at: instant, by: z.string().nullable() });

export const Sender = z.object({
  id,
  type: z.enum(SENDER_TYPES),
  name: z.string(),
  remark: z.string().nullable(),
  host: z.string().nullable(),
  provider: z.string(),
  integration: z.object({ id, name: z.string(), senders: z.int() }),
  destination: z.string().meta({ description: "Where it goes.", example: "smtp.example.com:587" }),
  fromAddress: z.string().nullable(),
  fromName: z.string().nullable(),
  fromNumber: z.string().nullable(),
  fromStanding: z.enum(["verified_domain", "own_account", "unproven"]).nullable(),
  isDefault: z.boolean(),
  state: z.enum(SENDER_STATES),
  stateReason: z.string().nullable(),
  stateReply: z.string().nullable(),
  stateAt: instant,
  proven: z.boolean().meta({ description: "The settings as they stand now are proven." }),
  provenAt: instant.nullable(),
  sending: z.boolean().meta({ description: "Messages go out through it: as it stands, or as it was proven last." }),
  health: z.object({
    failureRun: z.int(),
    circuitOpenUntil: instant.nullable(),
    heldSince: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    lastFailureAt: instant.nullable(),
    lastFailureReason: z.string().nullable(),
    days: z.array(z.object({ day: z.string(), sent: z.int(), failed: z.int() })),
  }),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<SenderDto>;

const fix = z.object({
  code: z.enum(["use_starttls", "use_tls", "use_port", "use_host", "trim_host", "use_password", "use_oauth", "use_plain"]),
  set: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const Step = z.object({
  id: z.enum(STEP_IDS),
  result: z.enum(["ok", "warning", "failed", "skipped"]),
  ms: z.int(),
  facts: z.record(z.string(), z.string()).exactOptional(),
  reply: z.string().exactOptional().meta({ description: "The server's own words, out of an SMTP dialogue alone." }),
  problem: z.object({ code: z.enum(PROBLEMS), params: params.exactOptional(), fix: fix.exactOptional() }).exactOptional(),
}) satisfies z.ZodType<DiagnosisStep>;

const Diagnosis = z.object({
  verdict: z.enum(["ok", "temporary", "failed"]),
  problem: z.enum(PROBLEMS).nullable(),
  steps: z.array(Step),
  totalMs: z.int(),
}) satisfies z.ZodType<DiagnosisResult>;

/** One line of a running test. */
export const DiagnosisLine = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start"), id: z.enum(STEP_IDS) }),
  z.object({ type: z.literal("step"), step: Step }),
  z.object({ type: z.literal("result"), result: Diagnosis }),
]) satisfies z.ZodType<DiagnosisEvent>;

export const SenderDetail = Sender.extend({
  config: values.meta({ description: "The account's settings, every stored secret as its mask." }),
  secrets: z.array(SecretFact),
  revision: z.int(),
  provenBy: z.string().nullable(),
  diagnosis: Diagnosis.nullable(),
  diagnosedAt: instant.nullable(),
  diagnosisIsCurrent: z.boolean(),
  ratePerMinute: z.int().nullable(),
  metadata: values,
  phoneNumberId: id.nullable(),
  createdById: id.nullable(),
  createdBy: z.string().nullable(),
  updatedById: id.nullable(),
  updatedBy: z.string().nullable(),
}) satisfies z.ZodType<SenderDetailDto>;

export const DeletedSender = z.object({ name: z.string() });

const inUse = z.object({
  through: z.enum(["sender", "system", "waiting"]),
  sender: named.extend({ from: z.string() }).nullable(),
});
export const InUse = z.object({ email: inUse, sms: inUse }) satisfies z.ZodType<SendersInUse>;

export const SenderVerification = z.object({
  state: z.enum(["none", "waiting", "ended"]),
  address: z.string().nullable(),
  senderState: z.enum(SENDER_STATES),
  proven: z.boolean(),
  message: Message.nullable(),
  expiresAt: instant.nullable(),
  attemptsLeft: z.int().nullable(),
  own: z.boolean().meta({ description: "The code that is out went to whoever asks now." }),
  resendAt: instant.nullable(),
  now: instant,
}) satisfies z.ZodType<SenderVerificationStatus>;

export const HistoryOfSender = z.object({
  entries: z.array(
    z.object({
      id,
      at: instant,
      action: z.string(),
      outcome: z.string(),
      actor: z.object({ kind: z.enum(["you", "system", "program", "member", "removed"]), name: z.string().nullable() }),
      before: values.nullable(),
      after: values.nullable(),
    }),
  ),
  messages: z.array(Message),
}) satisfies z.ZodType<SenderHistory>;
