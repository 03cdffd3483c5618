import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { fieldError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { type ContactPointDto, toContactPointDto } from "@/lib/services/contact-points/dto";
import { idSchema, lockContactPoint, snapshot, whereKey } from "@/lib/services/contact-points/internal";

const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
    } catch {
      return false;
    }
  });

export const PauseInput = z.strictObject({
  contactPointId: idSchema,
  /** An hour from now; 08:00 tomorrow; the start of a day; or not at all. */
  until: z.union([z.enum(["hour", "tomorrow", "resume"]), z.iso.date()]),
  /** IANA name of the person's time zone: "tomorrow" is theirs. */
  timeZone: timeZone.default("UTC"),
});

/** Holds a contact point back until a time; it comes back by itself. `resume` ends the pause now. */
export async function pauseContactPoint(ctx: Context, raw: unknown): Promise<ContactPointDto> {
  const actor = requirePermission(ctx, "contact_point:own");
  const input = parseInput(PauseInput, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const before = await lockContactPoint(tx, actor, input.contactPointId);
    const pausedUntil = await endOfPause(tx, input);
    const after = await tx.contactPoint.update({ where: whereKey(before), data: { pausedUntil, updatedAt: new Date() } });
    await audit(tx, actor.institutionId, ctx, {
      action: pausedUntil ? "contact_point.paused" : "contact_point.resumed",
      object: { type: "contact_point", id: before.id },
      subscriberId: before.subscriberId,
      before: snapshot(before),
      after: snapshot(after),
    });
    return toContactPointDto(after, actor);
  });
}

async function endOfPause(tx: Tx, { until, timeZone: zone }: z.output<typeof PauseInput>): Promise<Date | null> {
  if (until === "resume") {
    return null;
  }
  const rows =
    until === "hour"
      ? await tx.$queryRaw<Array<{ at: Date; future: boolean }>>`SELECT now() + interval '1 hour' AS at, true AS future`
      : until === "tomorrow"
        ? await tx.$queryRaw<Array<{ at: Date; future: boolean }>>`
            SELECT ((now() AT TIME ZONE ${zone})::date + 1 + time '08:00') AT TIME ZONE ${zone} AS at, true AS future`
        : await tx.$queryRaw<Array<{ at: Date; future: boolean }>>`
            SELECT (${until}::date + time '00:00') AT TIME ZONE ${zone} AS at,
                   (${until}::date + time '00:00') AT TIME ZONE ${zone} > now() AS future`;
  const [row] = rows;
  if (!row?.future) {
    throw fieldError("until", "date_past");
  }
  return row.at;
}
