import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { type MemberDto, type MemberRow, toMemberDto } from "@/lib/services/people/member-dto";

const GetMember = z.strictObject({ memberId: z.string() });

export async function getMember(ctx: Context, input: unknown): Promise<MemberDto> {
  const actor = requirePermission(ctx, "member:read");
  const { memberId } = parseInput(GetMember, input);
  if (!isId(memberId)) {
    throw notFound();
  }
  const [row] = await inInstitution(
    actor.institutionId,
    (tx) => tx.$queryRaw<MemberRow[]>`
      SELECT m.id, m.user_id AS "userId", u.name, u.email, m.role::text AS role, m.created_at AS "joinedAt"
        FROM membership m JOIN "user" u ON u.id = m.user_id
       WHERE m.institution_id = ${actor.institutionId}::uuid AND m.id = ${memberId}::uuid`,
  );
  if (!row) {
    throw notFound();
  }
  return toMemberDto(row, actor);
}
