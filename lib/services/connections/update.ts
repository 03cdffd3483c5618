import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { parseInput } from "@/lib/core/parse-input";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { refuseRotation } from "@/lib/services/connections/create";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import { authSchema, ConnectionRef, workspaceSchema } from "@/lib/services/connections/fields";
import { lockConnection, showConnection, snapshot } from "@/lib/services/connections/internal";
import { sealTokens } from "@/lib/services/connections/secrets";

export const UpdateConnectionInput = z.strictObject({ ...ConnectionRef.shape, workspace: workspaceSchema, auth: authSchema });

/** Workspace and tokens, replaced whole. The mask that answers show in place of the token stands for what is stored. */
export async function updateConnection(ctx: Context, raw: unknown): Promise<ConnectionDto> {
  const { institutionId } = requirePermission(ctx, "connection:write");
  const { workspace, auth, ...named } = parseInput(UpdateConnectionInput, raw);
  return inInstitution(institutionId, async (tx) => {
    const before = await lockConnection(tx, institutionId, named);
    const renews = auth.accessToken !== SECRET_MASK || auth.refreshToken !== undefined;
    if (renews) {
      refuseRotation(auth, before);
    }
    const key = { institutionId_id: { institutionId, id: before.id } };
    const { secretsVersion } = await tx.connection.findUniqueOrThrow({ where: key, select: { secretsVersion: true } });
    const now = new Date();
    await tx.connection.update({
      where: key,
      data: {
        workspaceId: workspace.id,
        workspaceName: workspace.name ?? null,
        ...(renews
          ? {
              secrets: sealTokens(auth, institutionId, before.id, secretsVersion + 1),
              secretsVersion: secretsVersion + 1,
              secretsSetAt: now,
              expiresAt: auth.expiresAt ?? null,
              refreshExpiresAt: auth.refreshTokenExpiresAt ?? null,
              checkedAt: null,
              checkResult: null,
            }
          : {}),
        updatedAt: now,
      },
    });
    const after = await showConnection(tx, institutionId, { connectionId: before.id });
    await audit(tx, institutionId, ctx, {
      action: "connection.updated",
      object: { type: "connection", id: before.id },
      subscriberId: before.subscriber?.id ?? null,
      before: snapshot(before),
      after: { ...snapshot(after), ...(renews ? { token: SECRET_MASK } : {}) },
    });
    return after;
  });
}
