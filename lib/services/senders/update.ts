import { z } from "zod";
import type { Caller, Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { fieldError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import type { Prisma } from "@/lib/db/generated/client";
import { inInstitution, type Tx } from "@/lib/db/unit-of-work";
import { audit } from "@/lib/services/audit/record";
import { holdVerifiedDomain } from "@/lib/services/domains/internal";
import { configSchema, type MergedConfig, mergeConfig, type PlainConfig } from "@/lib/services/integrations/config";
import { masks } from "@/lib/services/integrations/internal";
import { factsAfter, integrationPlace, type SecretFacts, sealSecrets } from "@/lib/services/integrations/secrets";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema, senderFields } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { lockSender, requireProvider, type SenderRow, whereKey } from "@/lib/services/senders/internal";
import { openOrAudit } from "@/lib/services/senders/open-config";
import { raiseRevision } from "@/lib/services/senders/raise-revision";
import { configSnapshot, difference, snapshot } from "@/lib/services/senders/snapshot";

export const UpdateSenderInput = z.strictObject({
  senderId: idSchema,
  name: senderFields.name.optional(),
  remark: senderFields.remark.optional(),
  host: senderFields.host.optional(),
  fromAddress: senderFields.fromAddress.optional(),
  fromName: senderFields.fromName.optional(),
  fromNumber: senderFields.fromNumber.optional(),
  ratePerMinute: senderFields.ratePerMinute.optional(),
  metadata: senderFields.metadata.optional(),
  config: configSchema.optional(),
  /** `config` is the whole form: a plain field that it leaves out is cleared, not kept. */
  whole: z.boolean().default(false),
});

type Input = z.output<typeof UpdateSenderInput>;

/**
 * Changes what is given. A change of anything that matters waits for a new proof, and what was proven last keeps
 * sending until then (R49); a stored secret follows no change of where it goes (R44).
 */
export async function updateSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const input = parseInput(UpdateSenderInput, raw);
  return inInstitution(actor.institutionId, async (tx) => {
    const before = await lockSender(tx, actor, input.senderId, { siblings: input.config !== undefined });
    refuseOtherKind(before, input);
    if (input.config) {
      await changeConfig(tx, ctx, actor, before, input.config, input.whole);
    }
    await changeFields(tx, ctx, actor, before, input);
    return showSender(tx, actor.institutionId, before.id);
  });
}

function refuseOtherKind(row: SenderRow, input: Input): void {
  const others = { email: ["fromNumber"], sms: ["fromAddress"] }[row.type] ?? ["fromNumber", "fromAddress", "fromName", "ratePerMinute"];
  const other = others.find((name) => input[name as keyof Input] !== undefined);
  if (other) {
    throw fieldError(other, "unknown");
  }
  if (row.phoneNumberId !== null && input.fromNumber !== undefined && input.fromNumber !== row.fromNumber) {
    throw fieldError("fromNumber", "number_bound");
  }
}

async function changeConfig(tx: Tx, ctx: Context, actor: Caller, row: SenderRow, given: PlainConfig, whole: boolean): Promise<void> {
  const { integration } = row;
  const type = requireProvider(integration.provider);
  const stored = { config: integration.config as PlainConfig, secrets: (await openOrAudit(tx, ctx, row, true)) ?? {} };
  const merged = mergeConfig(type, given, stored, whole);
  if (merged.changed.length === 0 && merged.renewed.length === 0) {
    return;
  }
  const version = integration.secretsVersion + 1;
  const facts = factsAfter(integration.secretFacts as SecretFacts, merged.secrets, merged.renewed, actor.userId, new Date());
  await tx.integration.update({
    where: whereKey(integration),
    data: {
      config: merged.config as Prisma.InputJsonObject,
      configVersion: type.configVersion,
      secrets: sealSecrets(merged.secrets, integrationPlace(actor.institutionId, integration.id, version)),
      secretsVersion: version,
      secretFacts: facts,
      updatedById: actor.userId,
      updatedAt: new Date(),
    },
  });
  await raiseRevision(tx, actor, { integrationId: integration.id });
  await auditConfig(tx, ctx, row, stored.config, merged);
}

async function auditConfig(tx: Tx, ctx: Context, { institutionId, id, integration }: SenderRow, before: PlainConfig, merged: MergedConfig) {
  const object = { type: "sender", id };
  const account = { integrationId: integration.id };
  if (merged.changed.length > 0) {
    await audit(tx, institutionId, ctx, {
      action: "integration.updated",
      object: { type: "integration", id: integration.id },
      before: configSnapshot(before, merged.changed),
      after: configSnapshot(merged.config, merged.changed),
    });
    await audit(tx, institutionId, ctx, {
      action: "sender.updated",
      object,
      before: configSnapshot(before, merged.changed),
      after: { ...configSnapshot(merged.config, merged.changed), ...account },
    });
  }
  if (merged.renewed.length > 0) {
    const there = merged.renewed.filter((name) => name in merged.secrets);
    const gone = merged.renewed.filter((name) => !(name in merged.secrets));
    const after = { ...masks(there), ...Object.fromEntries(gone.map((name) => [name, null])), ...account };
    await audit(tx, institutionId, ctx, { action: "sender.secret_changed", object, before: masks(merged.renewed), after });
  }
}

async function changeFields(tx: Tx, ctx: Context, actor: Caller, before: SenderRow, input: Input): Promise<void> {
  const { senderId: _senderId, config: _config, whole: _whole, ...fields } = input;
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const data = Object.fromEntries(
    given.filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof fields])),
  ) as Prisma.SenderUncheckedUpdateInput;
  if (Object.keys(data).length === 0) {
    return;
  }
  const moved = "fromAddress" in data || "fromNumber" in data;
  if (typeof data.fromAddress === "string") {
    data.emailDomainId = (await holdVerifiedDomain(tx, actor.institutionId, data.fromAddress))?.id ?? null;
  }
  const after = await tx.sender.update({ where: whereKey(before), data: { ...data, updatedById: actor.userId, updatedAt: new Date() } });
  if (moved) {
    await raiseRevision(tx, actor, { senderId: before.id });
  }
  const [was, is] = difference(snapshot(before), snapshot(after));
  const metadata = "metadata" in data ? { metadata: Object.keys(after.metadata as object).join(", ") } : {};
  await audit(tx, actor.institutionId, ctx, {
    action: "sender.updated",
    object: { type: "sender", id: before.id },
    before: was,
    after: { ...is, ...metadata },
  });
}
