import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { pushSubject, WEB_PUSH } from "@/lib/channels/providers/web-push";
import { fieldError } from "@/lib/core/errors";
import { parseInput } from "@/lib/core/parse-input";
import { newVapidKeys } from "@/lib/crypto/vapid";
import { inInstitution } from "@/lib/db/unit-of-work";
import { insertIntegration, lockIntegration } from "@/lib/services/integrations/internal";
import { requireHuman } from "@/lib/services/limits/require-human";
import { insertSender } from "@/lib/services/senders/create";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { idSchema, senderFields } from "@/lib/services/senders/fields";
import { showSender } from "@/lib/services/senders/get";
import { lockRoom } from "@/lib/services/senders/internal";

const own = { name: senderFields.name, remark: senderFields.remark.optional() };
export const CreatePushInput = z.strictObject({ ...own, subject: pushSubject });
export const CreateChatInput = z.strictObject({ ...own, integrationId: idSchema });

/** Nothing has to prove such a sender: it writes from no address, so it is active at once. */
const AT_ONCE = { state: "active", provenRevision: 1 } as const;

/** Adds a sender of browser notifications with a key pair of its own, which is made here; its private half stays sealed. */
export async function createPushSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { name, remark = null, subject } = parseInput(CreatePushInput, raw);
  await requireHuman(ctx, "add");
  const { institutionId } = actor;
  const { publicKey, privateKey } = newVapidKeys();
  return inInstitution(institutionId, async (tx) => {
    await lockRoom(tx, institutionId);
    const account = { name, type: WEB_PUSH, config: { subject, publicKey }, secrets: { privateKey } };
    const { id: integrationId } = await insertIntegration(tx, ctx, actor, account);
    const row = await insertSender(tx, ctx, actor, { ...AT_ONCE, type: "push", name, remark, integrationId });
    return showSender(tx, institutionId, row.id);
  });
}

/** Adds a sender on a chat integration that is there. */
export async function createChatSender(ctx: Context, raw: unknown): Promise<SenderDetailDto> {
  const actor = requirePermission(ctx, "sender:write");
  const { name, remark = null, integrationId } = parseInput(CreateChatInput, raw);
  await requireHuman(ctx, "add");
  const { institutionId } = actor;
  return inInstitution(institutionId, async (tx) => {
    await lockRoom(tx, institutionId);
    const integration = await lockIntegration(tx, institutionId, integrationId);
    if (integration.channel !== "chat") {
      throw fieldError("integrationId", "invalid");
    }
    const row = await insertSender(tx, ctx, actor, { ...AT_ONCE, type: "chat", name, remark, integrationId });
    return showSender(tx, institutionId, row.id);
  });
}
