import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { asUser, enterInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { readMemberships } from "@/lib/services/people/memberships";

const SwitchInstitution = z.strictObject({ institutionId: z.string() });

/** Moves this session to another of the person's own institutions; the next sign-in starts there too. */
export async function switchInstitution(ctx: Context, input: unknown): Promise<void> {
  const actor = requireUser(ctx);
  const { institutionId } = parseInput(SwitchInstitution, input);
  await asUser(actor.userId, async (tx) => {
    const memberships = await readMemberships(tx, actor.userId);
    if (!memberships.some((membership) => membership.institutionId === institutionId)) {
      throw notFound();
    }
    await tx.session.updateMany({ where: { id: actor.sessionId, userId: actor.userId }, data: { institutionId } });
    await tx.user.update({ where: { id: actor.userId }, data: { homeInstitutionId: institutionId } });
    await enterInstitution(tx, institutionId);
    // To that institution it is a person who came in.
    await audit(tx, institutionId, ctx, { action: "authn_login_success", object: { type: "user", id: actor.userId } });
  });
}
