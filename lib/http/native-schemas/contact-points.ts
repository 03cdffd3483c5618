import { z } from "zod";
import { id, instant } from "@/lib/http/native-schemas/common";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";
import type { ContactPointHistory } from "@/lib/services/contact-points/history";
import type { InboxItemDto } from "@/lib/services/inbox/dto";
import type { MessageDto } from "@/lib/services/messages/dto";
import type { OptOutDto } from "@/lib/services/numbers/list-opt-outs";
import type { VerificationStatus } from "@/lib/services/verifications/status";

export const ContactPoint = z.object({
  id,
  subscriberId: id,
  type: z.string(),
  label: z.string(),
  address: z.string().meta({ description: "In full for its owner, masked for everybody else; empty for a type without one." }),
  verified: z.boolean(),
  verifiedAt: instant.nullable(),
  enabled: z.boolean().meta({ description: "Its owner's wish; says nothing about the proof." }),
  pausedUntil: instant.nullable(),
  undeliverableReason: z.string().nullable(),
  locked: z.boolean(),
  pendingAddress: z.string().nullable().meta({ description: "The new address that waits for its proof." }),
  deliverable: z.boolean().meta({ description: "Verified, enabled, not paused, not undeliverable." }),
  needsAction: z.boolean(),
  own: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<ContactPointDto>;

export const DeletedContactPoint = z.object({ label: z.string(), undoSec: z.int() });

export const Message = z.object({
  id,
  kind: z.string(),
  type: z.string(),
  maskedAddress: z.string(),
  sender: z
    .union([z.object({ id, name: z.string() }), z.literal("system")])
    .nullable()
    .meta({ description: "What it goes out through, or waits for; null while that is open, and for what goes nowhere." }),
  state: z.enum(["queued", "sending", "sent", "refused", "unknown", "cancelled", "expired"]),
  attempt: z.int(),
  reason: z.string().nullable(),
  reply: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
}) satisfies z.ZodType<MessageDto>;

export const QueuedMessage = z.object({ messageId: id });

export const Verification = z.object({
  state: z.enum(["none", "waiting", "ended"]),
  kind: z.string().nullable(),
  address: z.string(),
  verified: z.boolean(),
  locked: z.boolean(),
  message: Message.nullable(),
  expiresAt: instant.nullable(),
  attemptsLeft: z.int().nullable(),
  resendAt: instant.nullable().meta({ description: "When another message may be sent; null means now." }),
  now: instant,
}) satisfies z.ZodType<VerificationStatus>;

export const History = z.object({
  entries: z.array(
    z.object({
      id,
      at: instant,
      action: z.string(),
      outcome: z.string(),
      actor: z.object({ kind: z.enum(["you", "link", "system", "program", "member", "removed"]), name: z.string().nullable() }),
      ip: z.string().nullable(),
      detail: z.object({
        address: z.string().exactOptional(),
        method: z.string().exactOptional(),
        label: z.string().exactOptional(),
      }),
    }),
  ),
  messages: z.array(Message),
}) satisfies z.ZodType<ContactPointHistory>;

export const InboxItem = z.object({
  id,
  kind: z.string(),
  read: z.boolean(),
  createdAt: instant,
  contactPointType: z.string(),
  address: z.string(),
  label: z.string(),
  contactPointId: id.nullable(),
  challenge: z.enum(["live", "done", "ended"]).nullable(),
  expiresAt: instant.nullable(),
}) satisfies z.ZodType<InboxItemDto>;

const optOut = z.object({
  senderId: id,
  senderName: z.string(),
  senderNumber: z.string().meta({ description: "What START is to be texted to." }),
  word: z.string(),
  at: instant,
}) satisfies z.ZodType<OptOutDto>;
export const OptOuts = z.object({ items: z.array(optOut) });
