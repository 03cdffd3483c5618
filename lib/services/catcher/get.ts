import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { notFound } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { askCatcher } from "@/lib/services/catcher/ask";
import { isCaughtId } from "@/lib/services/catcher/list";
import { type CaughtMail, caughtMessage } from "@/lib/services/catcher/shapes";

const GetCaughtInput = z.strictObject({ caughtId: z.string() });

export async function getCaughtMail(ctx: Context, raw: unknown): Promise<CaughtMail> {
  requirePermission(ctx, "catcher:read");
  const { caughtId } = parseInput(GetCaughtInput, raw);
  const message = isCaughtId(caughtId) ? await askCatcher(`/messages/${caughtId}`, caughtMessage) : null;
  if (message?.kind !== "mail") {
    throw notFound();
  }
  return message;
}
