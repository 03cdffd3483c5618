import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { entryOf } from "@/lib/channels/providers/catalogue/registry";
import { SECRET_MASK } from "@/lib/channels/secret-mask";
import { AppError, fieldError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { newIdentifier } from "@/lib/core/new-identifier";
import { parseInput } from "@/lib/core/parse-input";
import { violatedConstraint } from "@/lib/db/prisma-errors";
import { inInstitution } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { contextKeys, contextSet, ensureContexts } from "@/lib/services/connections/contexts";
import { type ConnectionDto, toConnectionDto } from "@/lib/services/connections/dto";
import {
  authSchema,
  contextSchema,
  modeSchema,
  newIdentifierSchema,
  resourceFields,
  workspaceSchema,
} from "@/lib/services/connections/fields";
import { snapshot } from "@/lib/services/connections/internal";
import { type FoundIntegration, holdResource, integrationNotFound, requireMeant } from "@/lib/services/connections/resource";
import { sealTokens } from "@/lib/services/connections/secrets";

export const CreateConnectionInput = z.strictObject({
  ...resourceFields,
  identifier: newIdentifierSchema.optional(),
  context: contextSchema.optional(),
  mode: modeSchema.optional(),
  workspace: workspaceSchema,
  auth: authSchema,
});

type Input = z.output<typeof CreateConnectionInput>;

interface Resource {
  integrationId: string;
  subscriberId: string | null;
  contextSet: string;
}

/** Connects a workspace: one for a subscriber or a set of contexts, on one integration. */
export async function createConnection(ctx: Context, raw: unknown): Promise<ConnectionDto> {
  const { institutionId } = requirePermission(ctx, "connection:write");
  const input = parseInput(CreateConnectionInput, raw);
  const resource = refuseWithoutResource(input);
  let taken: Resource | null = null;
  try {
    return await inInstitution(institutionId, async (tx) => {
      const keys = contextKeys(input.context);
      const wanted = { identifier: input.identifier, contextSet: contextSet(keys) };
      const held = await holdResource(tx, institutionId, { ...input, ...resource }, wanted);
      const integration = held.integration;
      if (!integration) {
        throw integrationNotFound(input);
      }
      refuseRotation(input.auth, integration);
      const subscriber = requireMeant(held.subscriber, resource);
      taken = { integrationId: integration.id, subscriberId: subscriber?.id ?? null, contextSet: wanted.contextSet };
      if (held.second !== null) {
        throw second(held.second);
      }
      if (held.taken) {
        throw identifierTaken(input.identifier ?? "");
      }
      await ensureContexts(tx, institutionId, input.context);
      const id = newId();
      const { accessToken, refreshToken, expiresAt, refreshTokenExpiresAt } = input.auth;
      const made = await tx.connection.create({
        data: {
          institutionId,
          id,
          identifier: input.identifier ?? newIdentifier("chconn"),
          ...taken,
          mode: subscriber ? "subscriber" : "shared",
          contextKeys: keys,
          workspaceId: input.workspace.id,
          workspaceName: input.workspace.name ?? null,
          secrets: sealTokens({ accessToken, refreshToken }, institutionId, id, 1),
          expiresAt: expiresAt ?? null,
          refreshExpiresAt: refreshTokenExpiresAt ?? null,
        },
      });
      const row = toConnectionDto({
        ...made,
        channel: integration.channel,
        provider: integration.provider,
        integrationIdentifier: integration.identifier,
        integrationName: integration.name,
        externalId: subscriber?.externalId ?? null,
        subscriberName: subscriber?.name ?? null,
        endpoints: 0,
      });
      const object = { type: "connection", id };
      await audit(tx, institutionId, ctx, {
        action: "connection.created",
        object,
        subscriberId: subscriber?.id ?? null,
        after: { ...snapshot(row), token: SECRET_MASK },
      });
      return row;
    });
  } catch (error) {
    throw await conflictOr(error, institutionId, taken, input.identifier);
  }
}

/** Whose it is to be. A shared one is nobody's in person, whoever is named beside it. */
function refuseWithoutResource({ mode, context, subscriberId, externalId }: Input): Pick<Input, "subscriberId" | "externalId"> {
  const hasSubscriber = subscriberId !== undefined || externalId !== undefined;
  const refuse = (reason: string, path: string) => new AppError("validation", { reason, fields: [{ path, code: "required" }] });
  if (mode === "shared") {
    if (!context) {
      throw refuse("connectionContextNeeded", "context");
    }
    return { subscriberId: undefined, externalId: undefined };
  }
  if (mode === "subscriber" && !hasSubscriber) {
    throw refuse("connectionSubscriberNeeded", "subscriberId");
  }
  if (!hasSubscriber && !context) {
    throw refuse("connectionResourceNeeded", "subscriberId");
  }
  return { subscriberId, externalId };
}

/** A refresh token where nothing can be done with it would only be one more secret to lose. */
export function refuseRotation(auth: Input["auth"], { provider }: Pick<FoundIntegration, "provider">): void {
  if (auth.refreshToken !== undefined && !entryOf(provider)?.rotates) {
    const params = { provider: entryOf(provider)?.id ?? provider };
    throw new AppError("validation", { reason: "tokenRotation", params, fields: [{ path: "auth.refreshToken", code: "leave_empty" }] });
  }
  if (auth.accessToken === SECRET_MASK || auth.refreshToken === SECRET_MASK) {
    throw fieldError(auth.accessToken === SECRET_MASK ? "auth.accessToken" : "auth.refreshToken", "required");
  }
}

/** What another request committed meanwhile is told as if it had been there before. */
async function conflictOr(error: unknown, institutionId: string, resource: Resource | null, identifier: string | undefined) {
  const constraint = violatedConstraint(error);
  if (constraint === "connection_identifier_key") {
    return identifierTaken(identifier ?? "");
  }
  if (constraint !== "connection_resource_key" || resource === null) {
    return error;
  }
  const existing = await inInstitution(institutionId, (tx) =>
    tx.connection.findFirst({ where: { institutionId, ...resource }, select: { identifier: true } }),
  );
  return second(existing?.identifier ?? "");
}

function second(identifier: string): AppError {
  return new AppError("conflict", { reason: "connectionExists", params: { id: identifier } });
}

export function identifierTaken(identifier: string): AppError {
  const fields = [{ path: "identifier", code: "identifier_taken" }];
  return new AppError("conflict", { reason: "identifierTaken", params: { id: identifier }, fields });
}
