import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { Page } from "@/lib/core/page-type";
import { parseInput } from "@/lib/core/parse-input";
import { type ApiRequestDto, requestFilters, requestsOf } from "@/lib/services/api-requests/internal";
import { findKeyRow, KeyRef, withinReach } from "@/lib/services/keys/internal";

const ListKeyRequestsInput = z.strictObject({ ...KeyRef.shape, ...requestFilters });

/** What a key asked for within the last seven days, the newest first. */
export async function listKeyRequests(ctx: Context, raw: unknown): Promise<Page<ApiRequestDto>> {
  const caller = requirePermission(ctx, "key:own");
  const { keyId, ...asked } = parseInput(ListKeyRequestsInput, raw);
  const reach = withinReach(ctx, caller, "key:read");
  return requestsOf({ ...asked, institutionId: caller.institutionId, credentialId: keyId }, (tx) => findKeyRow(tx, reach, keyId));
}
