import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { parseInput } from "@/lib/core/parse-input";
import { askCatcher } from "@/lib/services/catcher/ask";
import { type CaughtList, caughtList } from "@/lib/services/catcher/shapes";

export const CAUGHT_KINDS = ["mail", "text"] as const;
const ListCaughtInput = z.strictObject({ kind: z.enum(CAUGHT_KINDS), before: z.string().refine(isCaughtId).optional() });

const PAGE = 30;

/** The mail or the texts that were caught instead of sent, the newest first. */
export async function listCaught(ctx: Context, raw: unknown): Promise<CaughtList> {
  requirePermission(ctx, "catcher:read");
  const { kind, before } = parseInput(ListCaughtInput, raw);
  const query = new URLSearchParams({ kind, limit: String(PAGE), ...(before ? { before } : {}) });
  return askCatcher(`/messages?${query}`, caughtList);
}

export function isCaughtId(value: string): boolean {
  return /^[a-z]{4}-[\w-]{1,60}$/.test(value);
}
