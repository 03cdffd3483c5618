import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { InstitutionFields, withDefaultLocale } from "@/lib/services/people/institution-fields";

export async function updateInstitution(ctx: Context, input: unknown): Promise<void> {
  const { institutionId } = requirePermission(ctx, "institution:write");
  const after = withDefaultLocale(parseInput(InstitutionFields, input));
  await inInstitution(institutionId, async (tx) => {
    const before = await tx.institution.findUniqueOrThrow({
      where: { id: institutionId },
      select: { name: true, defaultCountry: true, defaultLocale: true, locales: true },
    });
    await tx.institution.update({ where: { id: institutionId }, data: { ...after, updatedAt: new Date() } });
    await audit(tx, institutionId, ctx, {
      action: "institution.updated",
      object: { type: "institution", id: institutionId },
      before,
      after,
    });
  });
}
