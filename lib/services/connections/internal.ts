import { AppError, fieldError } from "@/lib/core/errors";
import { redactText } from "@/lib/core/redact";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { type ConnectionDto, readConnections } from "@/lib/services/connections/dto";
import { storable } from "@/lib/services/connections/resource";

interface Named {
  connectionId?: string | undefined;
  identifier?: string | undefined;
}

/** The condition on `r` that names one connection. */
export function whichConnection(institutionId: string, { connectionId, identifier }: Named): Prisma.Sql {
  if (connectionId === undefined && identifier === undefined) {
    throw fieldError("connectionId", "required");
  }
  if (connectionId !== undefined && identifier !== undefined) {
    throw fieldError("identifier", "unknown");
  }
  const which = connectionId === undefined ? Prisma.sql`r.identifier = ${storable(identifier)}` : Prisma.sql`r.id = ${connectionId}::uuid`;
  return Prisma.sql`r.institution_id = ${institutionId}::uuid AND ${which}`;
}

export async function showConnection(tx: Tx, institutionId: string, named: Named): Promise<ConnectionDto> {
  const [row] = await readConnections(tx, whichConnection(institutionId, named));
  if (!row) {
    throw connectionNotFound(named);
  }
  return row;
}

/** Locks one connection; unknown and foreign look the same. */
export async function lockConnection(tx: Tx, institutionId: string, named: Named, whole = false): Promise<ConnectionDto> {
  const strength = whole ? Prisma.sql`FOR UPDATE` : Prisma.sql`FOR NO KEY UPDATE`;
  await tx.$queryRaw`SELECT r.id FROM connection r WHERE ${whichConnection(institutionId, named)} ${strength}`;
  return showConnection(tx, institutionId, named);
}

export function connectionNotFound({ connectionId, identifier }: Named): AppError {
  return new AppError("not_found", { reason: "connectionNotFound", params: { id: identifier ?? connectionId ?? "" } });
}

/** For audit rows: what it is called and belongs to, never its tokens (R45). */
export function snapshot(row: ConnectionDto): Prisma.InputJsonObject {
  return {
    identifier: redactText(row.identifier),
    integration: row.integration.identifier,
    workspace: redactText(row.workspace.id),
    mode: row.mode,
    contexts: row.contextKeys.map(redactText),
  };
}
