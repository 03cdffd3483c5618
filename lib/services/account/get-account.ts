import type { Context } from "@/lib/auth/actor";
import { requireUser } from "@/lib/auth/permissions";
import { AppError } from "@/lib/core/errors";
import { prisma } from "@/lib/db/client";

export interface AccountDto {
  name: string;
  email: string;
  /** Null: as the browser asks. */
  locale: string | null;
  theme: string;
  createdAt: string;
}

/** The person's own account. */
export async function getAccount(ctx: Context): Promise<AccountDto> {
  const actor = requireUser(ctx);
  const user = await prisma().user.findFirst({
    where: { id: actor.userId, deletedAt: null },
    select: { name: true, email: true, locale: true, theme: true, createdAt: true },
  });
  if (!user) {
    throw new AppError("unauthenticated");
  }
  return { ...user, createdAt: user.createdAt.toISOString() };
}
