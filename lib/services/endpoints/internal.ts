import { z } from "zod";
import { type EndpointType, readEndpoint } from "@/lib/channels/endpoint-shapes";
import { AppError, fieldError } from "@/lib/core/errors";
import { redactText } from "@/lib/core/redact";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { idSchema } from "@/lib/services/connections/fields";
import { storable } from "@/lib/services/connections/resource";
import { type EndpointDto, readEndpoints } from "@/lib/services/endpoints/dto";

/** One endpoint, by its id or as programs call it. */
export const EndpointRef = z.strictObject({ endpointId: idSchema.optional(), identifier: z.string().optional() });

type Named = z.output<typeof EndpointRef>;

export async function showEndpoint(tx: Tx, institutionId: string, named: Named): Promise<EndpointDto> {
  const [row] = await readEndpoints(tx, whichEndpoint(institutionId, named));
  if (!row) {
    const { endpointId, identifier } = named;
    throw new AppError("not_found", { reason: "endpointNotFound", params: { id: identifier ?? endpointId ?? "" } });
  }
  return row;
}

/** Locks one endpoint; unknown and foreign look the same. */
export async function lockEndpoint(tx: Tx, institutionId: string, named: Named): Promise<EndpointDto> {
  await tx.$queryRaw`SELECT r.id FROM endpoint r WHERE ${whichEndpoint(institutionId, named)} FOR UPDATE`;
  return showEndpoint(tx, institutionId, named);
}

function whichEndpoint(institutionId: string, { endpointId, identifier }: Named): Prisma.Sql {
  if (endpointId === undefined && identifier === undefined) {
    throw fieldError("endpointId", "required");
  }
  if (endpointId !== undefined && identifier !== undefined) {
    throw fieldError("identifier", "unknown");
  }
  const which = endpointId === undefined ? Prisma.sql`r.identifier = ${storable(identifier)}` : Prisma.sql`r.id = ${endpointId}::uuid`;
  return Prisma.sql`r.institution_id = ${institutionId}::uuid AND ${which}`;
}

/** An endpoint as its type has it. */
export function fittingEndpoint(type: EndpointType, given: unknown): Record<string, string> {
  const read = readEndpoint(type, given);
  if (!read.ok) {
    const fields = read.paths.map((path) => ({ path: path ? `endpoint.${path}` : "endpoint", code: "invalid" }));
    throw new AppError("validation", { reason: "endpointShape", params: { type }, fields });
  }
  return read.value;
}

/** For audit rows: of what kind it is and whose, never the address, which can be a secret of its own (R67). */
export function snapshot(row: EndpointDto): Prisma.InputJsonObject {
  return {
    identifier: redactText(row.identifier),
    integration: row.integration.identifier,
    type: row.type,
    contexts: row.contextKeys.map(redactText),
    ...(row.connection ? { connection: redactText(row.connection.identifier) } : {}),
  };
}
