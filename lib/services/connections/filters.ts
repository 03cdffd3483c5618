import { z } from "zod";
import { CHANNELS } from "@/lib/channels/providers/catalogue/define";
import { catalogueEntry } from "@/lib/channels/providers/catalogue/registry";
import { Prisma } from "@/lib/db/generated/client";
import { resourceFields } from "@/lib/services/connections/fields";
import { storable } from "@/lib/services/connections/resource";

/** What connections and endpoints alike can be looked for by. */
export const resourceFilters = {
  ...resourceFields,
  channel: z.enum(CHANNELS).optional(),
  /** As the world names the provider. */
  providerId: z.string().max(64).optional(),
  /** Exactly these, whatever their order; none at all for rows without any. */
  contextKeys: z.array(z.string().max(255)).max(20).optional(),
};

interface Filters {
  integrationId?: string | undefined;
  integrationIdentifier?: string | undefined;
  subscriberId?: string | undefined;
  externalId?: string | undefined;
  channel?: string | undefined;
  providerId?: string | undefined;
  contextKeys?: string[] | undefined;
}

/** Conditions on `r`, one for each filter that is set. */
export function resourceConditions(institutionId: string, filters: Filters): Prisma.Sql[] {
  const { integrationId, integrationIdentifier, subscriberId, externalId, channel, providerId, contextKeys } = filters;
  const integrations = [
    ...(integrationIdentifier === undefined ? [] : [Prisma.sql`identifier = ${storable(integrationIdentifier)}`]),
    ...(channel === undefined ? [] : [Prisma.sql`channel = ${channel}`]),
    ...(providerId === undefined ? [] : [Prisma.sql`provider = ${catalogueEntry(providerId)?.form.id ?? null}`]),
  ];
  const within = Prisma.sql`institution_id = ${institutionId}::uuid`;
  return [
    ...(integrationId === undefined ? [] : [Prisma.sql`r.integration_id = ${integrationId}::uuid`]),
    ...(integrations.length === 0
      ? []
      : [Prisma.sql`r.integration_id IN (SELECT id FROM integration WHERE ${Prisma.join([within, ...integrations], " AND ")})`]),
    ...(subscriberId === undefined ? [] : [Prisma.sql`r.subscriber_id = ${subscriberId}::uuid`]),
    ...(externalId === undefined
      ? []
      : [Prisma.sql`r.subscriber_id = (SELECT id FROM subscriber WHERE ${within} AND external_id = ${storable(externalId)})`]),
    ...(contextKeys === undefined ? [] : [sameContexts(contextKeys)]),
  ];
}

/** The keys are looked up by one of them first; then they must be the same, whatever their order. */
function sameContexts(keys: readonly string[]): Prisma.Sql {
  const wanted = [...new Set(keys.map((key) => storable(key) ?? ""))];
  return wanted.length === 0
    ? Prisma.sql`cardinality(r.context_keys) = 0`
    : Prisma.sql`(r.context_keys @> ${wanted}::text[] AND r.context_keys <@ ${wanted}::text[])`;
}
