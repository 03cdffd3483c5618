import type { Context, MemberActor } from "@/lib/auth/actor";
import { requirePerson } from "@/lib/auth/permissions";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { enterInstitution, inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import type { InstitutionDto } from "@/lib/services/institution/get-institution";
import { enforceLimit } from "@/lib/services/limits/hit";
import { InstitutionFields, withDefaultLocale } from "@/lib/services/people/institution-fields";
import { joinInstitution } from "@/lib/services/people/join";

/** Another institution, owned by whoever makes it. A person at the console works in it from now on; a key stays where it is. */
export async function createInstitution(ctx: Context, input: unknown): Promise<InstitutionDto> {
  const actor = requirePerson(ctx, "institution:create");
  const given = withDefaultLocale(parseInput(InstitutionFields, input));
  await enforceLimit(`institution:${actor.userId}`, env().limits.institutionsPerUserDay, "institutions");
  const id = newId();
  // opened and ended in the caller's own: what an Idempotency-Key is answered is stored there, in this transaction (R54)
  const row = await inInstitution(actor.institutionId, async (tx) => {
    await enterInstitution(tx, id);
    const made = await tx.institution.create({ data: { id, ...given }, select: { createdAt: true } });
    await audit(tx, id, ctx, { action: "institution.created", object: { type: "institution", id }, after: given });
    const user = await tx.user.findUniqueOrThrow({ where: { id: actor.userId }, select: { id: true, name: true, locale: true } });
    await joinInstitution(tx, ctx, { institutionId: id, user, role: "owner" });
    await moveInto(tx, actor, id);
    await enterInstitution(tx, actor.institutionId);
    return made;
  });
  return { id, ...given, createdAt: row.createdAt.toISOString() };
}

async function moveInto(tx: Tx, { userId, sessionId }: MemberActor, institutionId: string): Promise<void> {
  if (sessionId === null) {
    return;
  }
  await tx.user.update({ where: { id: userId }, data: { homeInstitutionId: institutionId } });
  await tx.session.updateMany({ where: { id: sessionId, userId }, data: { institutionId } });
}
