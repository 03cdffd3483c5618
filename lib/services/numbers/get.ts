import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import type { NumberDto } from "@/lib/services/numbers/dto";
import { NumberRef, readNumber } from "@/lib/services/numbers/internal";

export async function getNumber(ctx: Context, raw: unknown): Promise<NumberDto> {
  const { institutionId } = requirePermission(ctx, "number:read");
  const { numberId } = parseInput(NumberRef, raw);
  return inInstitution(institutionId, (tx) => readNumber(tx, institutionId, numberId));
}
