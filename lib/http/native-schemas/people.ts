import { z } from "zod";
import { ROLES } from "@/lib/auth/permissions";
import { id, instant, values } from "@/lib/http/native-schemas/common";
import type { AuditEventDto } from "@/lib/services/audit/dto";
import type { InstitutionDto } from "@/lib/services/institution/get-institution";
import type { MadeDto } from "@/lib/services/keys/lineage";
import type { InvitationDto } from "@/lib/services/members/list-invitations";
import type { MemberDto } from "@/lib/services/people/member-dto";
import type { SubscriberDto } from "@/lib/services/subscribers/dto";
import type { SubscriberLine } from "@/lib/services/subscribers/list";

export const Subscriber = z.object({
  id,
  externalId: z.string(),
  name: z.string().nullable(),
  locale: z.string().nullable().meta({ description: "The language of their messages; null: the institution's default." }),
  hasAccount: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<SubscriberDto>;

export const SubscriberInList = Subscriber.extend({
  contactPoints: z.int(),
  verifiedContactPoints: z.int(),
}) satisfies z.ZodType<SubscriberLine>;

export const Member = z.object({
  id,
  name: z.string(),
  email: z.string().meta({ description: "Masked for whoever does not manage members." }),
  role: z.enum(ROLES),
  joinedAt: instant,
  isSelf: z.boolean(),
}) satisfies z.ZodType<MemberDto>;

export const RemovedMember = z.object({ left: z.boolean().meta({ description: "Whoever asked removed themselves." }) });

const keptKey = z.object({ type: z.enum(["api_key", "signing_key"]), id, name: z.string() }) satisfies z.ZodType<MadeDto>;
export const KeptKeys = z.object({
  items: z.array(keptKey),
  ending: z
    .array(keptKey)
    .meta({ description: "The institution's keys that were made with the member's own: they end when the member goes." }),
});

export const Invitation = z.object({
  id,
  email: z.string(),
  role: z.enum(ROLES),
  invitedBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  expired: z.boolean(),
}) satisfies z.ZodType<InvitationDto>;

export const Institution = z.object({
  id,
  name: z.string(),
  defaultCountry: z.string(),
  defaultLocale: z.string(),
  locales: z.array(z.string()),
  createdAt: instant,
}) satisfies z.ZodType<InstitutionDto>;

export const AuditEvent = z.object({
  id,
  at: instant,
  actor: z.object({
    kind: z.enum(["person", "removed", "link", "anonymous", "system", "program"]),
    id: id.nullable(),
    name: z.string().nullable(),
  }),
  key: z
    .object({
      id: z.string(),
      name: z.string().nullable(),
      outside: z.boolean().meta({ description: "Of the configured issuer's tokens." }),
    })
    .nullable()
    .meta({ description: "The credential that it was done with." }),
  action: z.string(),
  object: z.object({ type: z.string(), id: z.string().nullable() }),
  subscriberId: id.nullable(),
  outcome: z.string(),
  ip: z.string().nullable(),
  clientHash: z.string().nullable().meta({ description: "A client's own word for the device that it runs on." }),
  requestId: z.string().nullable(),
  before: values.nullable(),
  after: values.nullable(),
}) satisfies z.ZodType<AuditEventDto>;
