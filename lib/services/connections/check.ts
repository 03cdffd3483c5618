import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { checkToken, type TokenVerdict } from "@/lib/channels/providers/connection-check";
import { AppError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { DecryptError } from "@/lib/crypto/seal";
import { endHeldUnit, inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { env } from "@/lib/env";
import { audit } from "@/lib/services/audit/record";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import { ConnectionRef } from "@/lib/services/connections/fields";
import { connectionNotFound, showConnection, snapshot } from "@/lib/services/connections/internal";
import { openTokens } from "@/lib/services/connections/secrets";
import { enforceLimit } from "@/lib/services/limits/hit";

/** Asks the provider whether it takes the stored token, and keeps what it said. The token stays as it is either way. */
export async function checkConnection(ctx: Context, raw: unknown): Promise<ConnectionDto> {
  const { institutionId } = requirePermission(ctx, "connection:write");
  const named = parseInput(ConnectionRef, raw);
  const found = await inInstitution(institutionId, (tx) => showConnection(tx, institutionId, named));
  const { limits, reach, slackApiUrl } = env();
  await enforceLimit(`connection_check:${institutionId}`, limits.connectionChecksPerInstitutionHour, "connectionChecks");
  const stored = await inInstitution(institutionId, (tx) => readToken(tx, ctx, institutionId, found));
  if (stored === null) {
    throw new AppError("precondition_failed", { reason: "tokenUnreadable" });
  }
  // nothing of ours is held while somebody else takes their time
  await endHeldUnit();
  const verdict = await checkToken(found.provider, stored.accessToken, { reach, slackUrl: slackApiUrl });
  if (verdict === "unknown") {
    throw new AppError("precondition_failed", {
      reason: "connectionUncheckable",
      params: { provider: found.providerId ?? found.provider },
    });
  }
  const after = await inInstitution(institutionId, (tx) => keepVerdict(tx, ctx, institutionId, found.id, stored.version, verdict));
  if (verdict !== "ok") {
    throw new AppError("provider_failed", { reason: verdict === "refused" ? "connectionRefused" : "connectionUnreachable" });
  }
  return after;
}

interface StoredToken {
  accessToken: string;
  version: number;
}

/** null: it does not open, which is audited (R50). */
async function readToken(tx: Tx, ctx: Context, institutionId: string, { id }: ConnectionDto): Promise<StoredToken | null> {
  const row = await tx.connection.findFirst({ where: { institutionId, id }, select: { secrets: true, secretsVersion: true } });
  if (!row) {
    throw connectionNotFound({ connectionId: id });
  }
  try {
    const { accessToken } = openTokens(row.secrets, institutionId, id, row.secretsVersion);
    return { accessToken, version: row.secretsVersion };
  } catch (error) {
    if (!(error instanceof DecryptError)) {
      throw error;
    }
    const object = { type: "connection", id };
    await audit(tx, institutionId, ctx, { action: "crypt_decrypt_fail", object, outcome: "failed", after: { reason: error.reason } });
    return null;
  }
}

/** A token that was replaced meanwhile keeps its own standing. */
async function keepVerdict(
  tx: Tx,
  ctx: Context,
  institutionId: string,
  id: string,
  version: number,
  verdict: Exclude<TokenVerdict, "unknown">,
): Promise<ConnectionDto> {
  await tx.connection.updateMany({
    where: { institutionId, id, secretsVersion: version },
    data: { checkedAt: new Date(), checkResult: verdict },
  });
  const row = await showConnection(tx, institutionId, { connectionId: id });
  await audit(tx, institutionId, ctx, {
    action: "connection.checked",
    object: { type: "connection", id },
    subscriberId: row.subscriber?.id ?? null,
    outcome: verdict === "ok" ? "success" : "failed",
    after: { ...snapshot(row), checkResult: verdict },
  });
  return row;
}
