import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { prisma } from "@/lib/db/client";
import { findMailedToken } from "@/lib/services/people/mailed-token";

const GetPasswordReset = z.strictObject({ token: z.string().max(100) });

/** Whose password a mailed link resets; the token is the permission. Looking changes nothing. */
export async function getPasswordReset(_ctx: Context, input: unknown): Promise<{ userId: string; email: string; name: string }> {
  const { token } = parseInput(GetPasswordReset, input);
  const found = await findMailedToken("password_reset", token);
  const user = found
    ? await prisma().user.findFirst({ where: { id: found.refId, deletedAt: null }, select: { id: true, email: true, name: true } })
    : null;
  if (!user) {
    throw notFound();
  }
  return { userId: user.id, email: user.email, name: user.name };
}
