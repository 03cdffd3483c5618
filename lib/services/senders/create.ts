import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import type { ProviderType } from "@/lib/channels/providers/define";
import { fieldError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { parseInput } from "@/lib/core/parse-input";
import type { Prisma, Sender } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { holdVerifiedDomain } from "@/lib/services/domains/internal";
import { configSchema, type MergedConfig, mergeConfig } from "@/lib/services/integrations/config";
import { insertIntegration, lockIntegration } from "@/lib/services/integrations/internal";
import { requireHuman } from "@/lib/services/limits/require-human";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema, integrationName, providerId, senderFields } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { lockRoom, requireAvailable, requireDelivering } from "@/lib/services/senders/internal";
import { snapshot } from "@/lib/services/senders/snapshot";

export const CreateSenderInput = z.strictObject({
  name: senderFields.name,
  remark: senderFields.remark.optional(),
  host: senderFields.host.optional(),
  fromAddress: senderFields.fromAddress.optional(),
  fromName: senderFields.fromName.optional(),
  fromNumber: senderFields.fromNumber.optional(),
  ratePerMinute: senderFields.ratePerMinute.optional(),
  metadata: senderFields.metadata.optional(),
  /** A new account with a provider … */
  provider: providerId.optional(),
  config: configSchema.optional(),
  integrationName: integrationName.optional(),
  /** … or one that is there. */
  integrationId: idSchema.optional(),
});

type Input = z.output<typeof CreateSenderInput>;
type Account = { type: ProviderType; merged: MergedConfig } | { integrationId: string };

/** Adds a sender, on an account of its own or on one that is there: pending always, until it is proven (R49). */
export async function createSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const input = parseInput(CreateSenderInput, raw);
  const account = accountOf(input);
  await requireHuman(ctx, "add");
  return inInstitution(actor.institutionId, async (tx) => {
    await lockRoom(tx, actor.institutionId);
    const { id: integrationId, type } = await integrationFor(tx, ctx, actor, input, account);
    const from = fromOf(type, input);
    const row = await insertSender(tx, ctx, actor, { ...optional(input), ...from, name: input.name, integrationId, type: type.channel });
    return showSender(tx, actor.institutionId, row.id);
  });
}

function accountOf({ integrationId, provider, config, integrationName: name }: Input): Account {
  if (integrationId !== undefined) {
    const beside = Object.entries({ provider, config, integrationName: name }).find(([, value]) => value !== undefined);
    if (beside) {
      throw fieldError(beside[0], "unknown");
    }
    return { integrationId };
  }
  if (provider === undefined) {
    throw fieldError("provider", "required");
  }
  const type = requireAvailable(provider);
  return { type, merged: mergeConfig(type, config ?? {}) };
}

async function integrationFor(tx: Tx, ctx: Context, actor: Caller, input: Input, account: Account) {
  if ("integrationId" in account) {
    const row = await lockIntegration(tx, actor.institutionId, account.integrationId);
    return { id: row.id, type: requireDelivering(row.provider) };
  }
  const { type, merged } = account;
  const row = await insertIntegration(tx, ctx, actor, { name: input.integrationName ?? input.name, type, ...merged });
  return { id: row.id, type };
}

/** What it writes from: an address or a number, as its kind asks for. */
function fromOf({ channel }: ProviderType, { fromAddress, fromNumber }: Input) {
  const [wanted, other] = channel === "email" ? (["fromAddress", "fromNumber"] as const) : (["fromNumber", "fromAddress"] as const);
  const given = { fromAddress, fromNumber };
  if (given[other] !== undefined) {
    throw fieldError(other, "unknown");
  }
  if (given[wanted] === undefined) {
    throw fieldError(wanted, "required");
  }
  return { fromAddress: fromAddress ?? null, fromNumber: fromNumber ?? null };
}

function optional({ remark, host, fromName, ratePerMinute, metadata }: Input) {
  return {
    remark: remark ?? null,
    host: host ?? null,
    fromName: fromName ?? null,
    ratePerMinute: ratePerMinute ?? null,
    metadata: metadata ?? {},
  };
}

type NewSender = Omit<Prisma.SenderUncheckedCreateInput, "institutionId" | "id" | "createdById" | "updatedById">;

/** Writes one pending sender and its audit row; the institution is locked, its limit was looked at. */
export async function insertSender(
  tx: Tx,
  ctx: Context,
  { institutionId, userId }: Caller,
  data: NewSender,
  action: "sender.created" | "sender.duplicated" = "sender.created",
): Promise<Sender> {
  const found = data.fromAddress && !data.emailDomainId ? await holdVerifiedDomain(tx, institutionId, data.fromAddress) : null;
  const emailDomainId = data.emailDomainId ?? found?.id ?? null;
  const row = await tx.sender.create({
    data: { ...data, institutionId, id: newId(), emailDomainId, createdById: userId, updatedById: userId },
  });
  await audit(tx, institutionId, ctx, { action, object: { type: "sender", id: row.id }, after: snapshot(row) });
  return row;
}
