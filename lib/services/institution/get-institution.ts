import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { inInstitution } from "@/lib/db/unit-of-work";

export interface InstitutionDto {
  id: string;
  name: string;
  defaultCountry: string;
  defaultLocale: string;
  /** The languages that its messages are written in. */
  locales: string[];
  createdAt: string;
}

/** The institution that the caller works in. */
export async function getInstitution(ctx: Context): Promise<InstitutionDto> {
  const { institutionId } = requirePermission(ctx, "institution:read");
  const row = await inInstitution(institutionId, (tx) =>
    tx.institution.findUniqueOrThrow({
      where: { id: institutionId },
      select: { id: true, name: true, defaultCountry: true, defaultLocale: true, locales: true, createdAt: true },
    }),
  );
  return { ...row, createdAt: row.createdAt.toISOString() };
}
