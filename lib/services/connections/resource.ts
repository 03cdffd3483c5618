import { AppError, fieldError } from "@/lib/core/errors";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { identifierSchema } from "@/lib/services/connections/fields";

export interface FoundIntegration {
  id: string;
  identifier: string;
  name: string;
  provider: string;
  channel: string;
}

export interface FoundSubscriber {
  id: string;
  externalId: string;
  name: string | null;
}

interface Named {
  integrationId?: string | undefined;
  integrationIdentifier?: string | undefined;
  subscriberId?: string | undefined;
  externalId?: string | undefined;
}

/** An identifier and a connection's resource, as a new one would have them. */
interface Wanted {
  identifier: string | undefined;
  contextSet: string;
}

interface Held {
  integration: FoundIntegration | null;
  subscriber: FoundSubscriber | null;
  /** The identifier of a connection that this resource has already. */
  second: string | null;
  taken: boolean;
}

/**
 * Integration and subscriber that are meant, held until the end of the transaction, so that neither is deleted meanwhile;
 * with `wanted`, what stands in a new connection's way. All of it in one statement.
 */
export async function holdResource(tx: Tx, institutionId: string, named: Named, wanted?: Wanted): Promise<Held> {
  const { integrationId, integrationIdentifier, subscriberId, externalId } = named;
  if (integrationId === undefined && integrationIdentifier === undefined) {
    throw fieldError("integrationIdentifier", "required");
  }
  const within = Prisma.sql`institution_id = ${institutionId}::uuid`;
  const integration =
    integrationId === undefined ? Prisma.sql`identifier = ${storable(integrationIdentifier)}` : Prisma.sql`id = ${integrationId}::uuid`;
  const hasSubscriber = subscriberId !== undefined || externalId !== undefined;
  const subscriber = !hasSubscriber
    ? Prisma.sql`false`
    : subscriberId === undefined
      ? Prisma.sql`external_id = ${storable(externalId)}`
      : Prisma.sql`id = ${subscriberId}::uuid`;
  const whose = hasSubscriber ? Prisma.sql`c.subscriber_id = (SELECT id FROM s)` : Prisma.sql`c.subscriber_id IS NULL`;
  const [held] = await tx.$queryRaw<Held[]>`
    WITH i AS (SELECT id, identifier, name, provider, channel FROM integration WHERE ${within} AND ${integration} FOR SHARE),
         s AS (SELECT id, external_id AS "externalId", name FROM subscriber WHERE ${within} AND ${subscriber} FOR KEY SHARE)
    SELECT (SELECT to_jsonb(i) FROM i) AS integration, (SELECT to_jsonb(s) FROM s) AS subscriber,
           (SELECT c.identifier FROM connection c
             WHERE c.institution_id = ${institutionId}::uuid AND c.integration_id = (SELECT id FROM i) AND ${whose}
               AND c.context_set = ${wanted?.contextSet ?? null}) AS second,
           EXISTS (SELECT 1 FROM connection WHERE ${within} AND identifier = ${wanted?.identifier ?? null}) AS taken`;
  if (!held) {
    throw new Error("a statement without a table gave no row");
  }
  return held;
}

export function integrationNotFound({ integrationIdentifier, integrationId }: Named): AppError {
  return new AppError("not_found", { reason: "integrationNotFound", params: { id: integrationIdentifier ?? integrationId ?? "" } });
}

/** The subscriber that is meant, if one is; throws for one that is not there. */
export function requireMeant(found: FoundSubscriber | null, { subscriberId, externalId }: Named): FoundSubscriber | null {
  if (found === null && (subscriberId !== undefined || externalId !== undefined)) {
    throw new AppError("not_found", { reason: "subscriberNotFound", params: { id: externalId ?? subscriberId ?? "" } });
  }
  return found;
}

/** A name as it would be kept. One that nothing can be called is nobody's; null finds nothing. */
export function storable(name: string | undefined): string | null {
  return identifierSchema.safeParse(name).data ?? null;
}
