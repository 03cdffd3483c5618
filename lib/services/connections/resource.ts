import { AppError, fieldError } from "@/lib/core/errors";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import { identifierSchema } from "@/lib/services/connections/fields";

export interface FoundIntegration {
  id: string;
  identifier: string;
  provider: string;
}

/** The integration that is meant, held until the end of the transaction: it is not deleted meanwhile. */
export async function holdIntegration(
  tx: Tx,
  institutionId: string,
  named: { integrationId?: string | undefined; integrationIdentifier?: string | undefined },
): Promise<FoundIntegration> {
  const { integrationId, integrationIdentifier } = named;
  if (integrationId === undefined && integrationIdentifier === undefined) {
    throw fieldError("integrationIdentifier", "required");
  }
  const which =
    integrationId === undefined ? Prisma.sql`identifier = ${storable(integrationIdentifier)}` : Prisma.sql`id = ${integrationId}::uuid`;
  const [row] = await tx.$queryRaw<FoundIntegration[]>`
    SELECT id, identifier, provider FROM integration WHERE institution_id = ${institutionId}::uuid AND ${which} FOR SHARE`;
  if (!row) {
    throw new AppError("not_found", { reason: "integrationNotFound", params: { id: integrationIdentifier ?? integrationId ?? "" } });
  }
  return row;
}

/** The subscriber that is meant, held likewise; null: none is. */
export async function holdSubscriber(
  tx: Tx,
  institutionId: string,
  named: { subscriberId?: string | undefined; externalId?: string | undefined },
): Promise<{ id: string; externalId: string } | null> {
  const { subscriberId, externalId } = named;
  if (subscriberId === undefined && externalId === undefined) {
    return null;
  }
  const which = subscriberId === undefined ? Prisma.sql`external_id = ${storable(externalId)}` : Prisma.sql`id = ${subscriberId}::uuid`;
  const [row] = await tx.$queryRaw<Array<{ id: string; externalId: string }>>`
    SELECT id, external_id AS "externalId" FROM subscriber WHERE institution_id = ${institutionId}::uuid AND ${which} FOR KEY SHARE`;
  if (!row) {
    throw new AppError("not_found", { reason: "subscriberNotFound", params: { id: externalId ?? subscriberId ?? "" } });
  }
  return row;
}

/** A name as it would be kept. One that nothing can be called is nobody's; null finds nothing. */
export function storable(name: string | undefined): string | null {
  return identifierSchema.safeParse(name).data ?? null;
}
