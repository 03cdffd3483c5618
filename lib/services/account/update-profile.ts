import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { asUser, enterInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { locale, personName } from "@/lib/services/people/fields";
import { readMemberships } from "@/lib/services/people/memberships";

const UpdateProfile = z.strictObject({
  name: personName.optional(),
  /** Null: as the browser asks. */
  locale: locale.nullable().optional(),
  theme: z.enum(["system", "light", "dark"]).optional(),
});

/** What is left out stays. Name and language go on to the person's subscriber in each of their institutions. */
export async function updateProfile(ctx: Context, input: unknown): Promise<void> {
  const actor = requireUser(ctx);
  const given = parseInput(UpdateProfile, input);
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { theme: _theme, ...shared } = changes;
  await asUser(actor.userId, async (tx) => {
    const { count } = await tx.user.updateMany({ where: { id: actor.userId, deletedAt: null }, data: changes });
    if (count === 0) {
      throw new AppError("unauthenticated");
    }
    const memberships = await readMemberships(tx, actor.userId);
    for (const { institutionId, subscriberId } of memberships) {
      await enterInstitution(tx, institutionId);
      if (Object.keys(shared).length > 0) {
        await tx.subscriber.updateMany({ where: { institutionId, id: subscriberId }, data: { ...shared, updatedAt: new Date() } });
      }
      const object = { type: "user", id: actor.userId };
      await audit(tx, institutionId, ctx, { action: "user.updated", object, after: { changed: Object.keys(changes) } });
    }
  });
}
