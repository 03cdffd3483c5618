import type { Context } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { InstitutionFields, withDefaultLocale } from "@/lib/services/people/institution-fields";
import { joinInstitution } from "@/lib/services/people/join";

/** Another institution: whoever makes it owns it, and works in it from now on. */
export async function createInstitution(ctx: Context, input: unknown): Promise<{ id: string }> {
  const actor = requirePerson(ctx, "institution:create");
  const given = withDefaultLocale(parseInput(InstitutionFields, input));
  const institutionId = newId();
  await inInstitution(institutionId, async (tx) => {
    await tx.institution.create({ data: { id: institutionId, ...given } });
    await audit(tx, institutionId, ctx, {
      action: "institution.created",
      object: { type: "institution", id: institutionId },
      after: given,
    });
    const user = await tx.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { id: true, name: true, locale: true } });
    await joinInstitution(tx, ctx, { institutionId, user, role: "owner" });
    await tx.user.update({ where: { id: actor.userId }, data: { homeInstitutionId: institutionId } });
    if (actor.sessionId !== null) {
      await tx.session.updateMany({ where: { id: actor.sessionId, userId: actor.userId }, data: { institutionId } });
    }
  });
  return { id: institutionId };
}
