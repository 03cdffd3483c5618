import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { ENDPOINT_TYPES } from "@/lib/channels/endpoint-shapes";
import { fieldError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { newIdentifier } from "@/lib/core/new-identifier";
import { parseInput } from "@/lib/core/parse-input";
import { Prisma } from "@/lib/db/generated/client";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { contextKeys, ensureContexts } from "@/lib/services/connections/contexts";
import { identifierTaken } from "@/lib/services/connections/create";
import { contextSchema, idSchema, newIdentifierSchema, resourceFields } from "@/lib/services/connections/fields";
import { connectionNotFound, whichConnection } from "@/lib/services/connections/internal";
import { holdResource, integrationNotFound, requireMeant } from "@/lib/services/connections/resource";
import type { EndpointDto } from "@/lib/services/endpoints/dto";
import { fittingEndpoint, showEndpoint, snapshot } from "@/lib/services/endpoints/internal";

export const CreateEndpointInput = z.strictObject({
  ...resourceFields,
  identifier: newIdentifierSchema.optional(),
  context: contextSchema.optional(),
  connectionId: idSchema.optional(),
  connectionIdentifier: z.string().optional(),
  type: z.enum(ENDPOINT_TYPES),
  endpoint: z.unknown(),
});

type Input = z.output<typeof CreateEndpointInput>;

/** Adds an address of a subscriber on an integration, inside a connection of it or without one. */
export async function createEndpoint(ctx: Context, raw: unknown): Promise<EndpointDto> {
  const { institutionId } = requirePermission(ctx, "connection:write");
  const input = parseInput(CreateEndpointInput, raw);
  if (input.subscriberId === undefined && input.externalId === undefined) {
    throw fieldError("subscriberId", "required");
  }
  const endpoint = fittingEndpoint(input.type, input.endpoint);
  try {
    return await inInstitution(institutionId, async (tx) => {
      const held = await holdResource(tx, institutionId, input);
      const integration = held.integration;
      if (!integration) {
        throw integrationNotFound(input);
      }
      const subscriber = requireMeant(held.subscriber, input);
      const connectionId = await holdConnection(tx, institutionId, integration.id, input);
      await refuseTaken(tx, institutionId, input.identifier);
      await ensureContexts(tx, institutionId, input.context);
      const id = newId();
      await tx.endpoint.create({
        data: {
          institutionId,
          id,
          identifier: input.identifier ?? newIdentifier("chendp"),
          integrationId: integration.id,
          connectionId,
          subscriberId: subscriber?.id ?? null,
          contextKeys: contextKeys(input.context),
          type: input.type,
          endpoint,
        },
      });
      const row = await showEndpoint(tx, institutionId, { endpointId: id });
      await audit(tx, institutionId, ctx, {
        action: "endpoint.created",
        object: { type: "endpoint", id },
        subscriberId: subscriber?.id ?? null,
        after: snapshot(row),
      });
      return row;
    });
  } catch (error) {
    throw violatedConstraint(error) === "endpoint_identifier_key" ? identifierTaken(input.identifier ?? "") : error;
  }
}

/** A connection of that integration and no other; it is not deleted meanwhile. */
async function holdConnection(tx: Tx, institutionId: string, integrationId: string, input: Input): Promise<string | null> {
  const named = { connectionId: input.connectionId, identifier: input.connectionIdentifier };
  if (named.connectionId === undefined && named.identifier === undefined) {
    return null;
  }
  const [row] = await tx.$queryRaw<Array<{ id: string }>>`
    SELECT r.id FROM connection r
     WHERE ${Prisma.join([whichConnection(institutionId, named), Prisma.sql`r.integration_id = ${integrationId}::uuid`], " AND ")} FOR KEY SHARE`;
  if (!row) {
    throw connectionNotFound(named);
  }
  return row.id;
}

async function refuseTaken(tx: Tx, institutionId: string, identifier: string | undefined): Promise<void> {
  if (identifier !== undefined && (await tx.endpoint.count({ where: { institutionId, identifier } })) > 0) {
    throw identifierTaken(identifier);
  }
}
