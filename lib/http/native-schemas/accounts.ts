import { z } from "zod";
import { ADVICE, RECORD_KINDS, RECORD_STATUSES } from "@/lib/channels/email-domain/checks";
import { DOMAIN_STATES } from "@/lib/channels/email-domain/life";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import type { NumberOffer } from "@/lib/channels/providers/define";
import { id, instant, named, params, values } from "@/lib/http/native-schemas/common";
import { SecretFact } from "@/lib/http/native-schemas/senders";
import type { DomainDto } from "@/lib/services/domains/dto";
import type { DomainDetail } from "@/lib/services/domains/get";
import type { DomainLine } from "@/lib/services/domains/list";
import type { IntegrationDto } from "@/lib/services/integrations/dto";
import { NUMBER_STATES, type NumberDto } from "@/lib/services/numbers/dto";
import type { SpendingDto } from "@/lib/services/sms-spending/get-spending";
import { HELD_REASONS } from "@/lib/services/sms-spending/text-refused";

export const Integration = z.object({
  id,
  name: z.string(),
  identifier: z.string().meta({ description: "How programs name it." }),
  provider: z.string(),
  providerId: z.string().nullable().meta({ description: "As the world names the provider; null: it exists here alone." }),
  channel: z.enum(CHANNELS),
  delivers: z.boolean().meta({ description: "Messages can go out through it." }),
  destination: z.string(),
  senders: z.array(named),
  numbers: z.int(),
  connections: z.int(),
  endpoints: z.int(),
  secrets: z.array(SecretFact),
  createdAt: instant,
  updatedAt: instant,
}) satisfies z.ZodType<IntegrationDto>;

export const IntegrationForm = z.object({ config: values.meta({ description: "Every stored secret as its mask." }) });
export const DeletedIntegration = z.object({ name: z.string() });

const record = z.object({
  kind: z.enum(RECORD_KINDS),
  status: z.enum(RECORD_STATUSES),
  advice: z.enum(ADVICE).exactOptional(),
  params: params.exactOptional(),
  found: z.array(z.string()),
  type: z.enum(["TXT", "MX"]),
  name: z.string(),
  value: z.string().nullable().meta({ description: "What should stand there; null: yours to choose." }),
});

export const Domain = z.object({
  id,
  domain: z.string(),
  unicode: z.string().nullable(),
  state: z.enum(DOMAIN_STATES),
  records: z.array(record),
  signs: z.boolean().meta({ description: "Mail from it is signed: its key was found in DNS." }),
  verifiedAt: instant.nullable(),
  checkedAt: instant.nullable(),
  nextCheckAt: instant,
  createdAt: instant,
}) satisfies z.ZodType<DomainDto>;

export const DomainWithSenders = Domain.extend({ senders: z.array(named) }) satisfies z.ZodType<DomainDetail>;

export const DomainInList = Domain.omit({ records: true }).extend({
  records: z.array(z.object({ kind: z.string(), status: z.string() })),
}) satisfies z.ZodType<DomainLine>;

export const PhoneNumber = z.object({
  id,
  number: z.string().meta({ description: "E.164.", example: "+15550100100" }),
  display: z.string(),
  country: z.string(),
  origin: z.enum(["bought", "registered"]),
  state: z.enum(NUMBER_STATES),
  integration: named.extend({ provider: z.string() }),
  sender: named.extend({ state: z.string() }).nullable(),
  verified: z.boolean(),
  webhookSet: z.boolean(),
  inboundUrl: z.string().nullable().meta({ description: "Where its provider has to post incoming texts." }),
  createdAt: instant,
}) satisfies z.ZodType<NumberDto>;

const offer = z.object({
  number: z.string(),
  locality: z.string().nullable(),
  monthlyPrice: z.string().nullable(),
  currency: z.string().nullable(),
}) satisfies z.ZodType<NumberOffer>;
export const NumberOffers = z.object({ items: z.array(offer) });

const counts = { sent: z.int(), verified: z.int(), held: z.int(), cost: z.string() };

export const Spending = z.object({
  days: z.int(),
  lines: z.array(
    z.object({ country: z.string(), dialCode: z.string(), ...counts, heldReasons: z.partialRecord(z.enum(HELD_REASONS), z.int()) }),
  ),
  total: z.object(counts),
  policy: z.object({
    countries: z.array(z.string()),
    monthlyBudget: z.string().nullable(),
    currency: z.string(),
    prices: z.record(z.string(), z.string()),
  }),
  budget: z.object({ used: z.string(), percent: z.number() }).nullable(),
  limits: z.array(z.object({ id: z.enum(["hour", "day"]), used: z.number(), max: z.number() })),
  perDialCode: z.array(z.object({ dialCode: z.string(), used: z.number(), max: z.number() })),
  pauses: z.array(z.object({ dialCode: z.string(), until: instant })),
}) satisfies z.ZodType<SpendingDto>;
