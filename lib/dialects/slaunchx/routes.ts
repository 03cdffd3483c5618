import type { Context } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { fieldError, notFound } from "@/lib/core/errors";
import { toChannelType } from "@/lib/dialects/slaunchx/channel-type";
import { toChannel } from "@/lib/dialects/slaunchx/from-domain";
import * as schemas from "@/lib/dialects/slaunchx/schemas";
import { idOf, KIND, toNewSender, toSearch, toSenderChanges } from "@/lib/dialects/slaunchx/to-domain";
import { env } from "@/lib/env";
import type { Answer } from "@/lib/http/program-answer";
import { type ProgramOperation, type ProgramRoute, programOperation } from "@/lib/http/program-route";
import { activateSender } from "@/lib/services/senders/activate";
import { createSender } from "@/lib/services/senders/create";
import { deleteSender } from "@/lib/services/senders/delete";
import type { SenderDetailDto } from "@/lib/services/senders/dto";
import { getSender } from "@/lib/services/senders/get";
import { searchSenders } from "@/lib/services/senders/search";
import { setSenderEnabled } from "@/lib/services/senders/set-enabled";
import { updateSender } from "@/lib/services/senders/update";

const CHANNELS = "/web/v1/notification-channels";

const create = programOperation({
  summary: "Create a notification channel",
  body: schemas.CreateChannel,
  answers: { 200: schemas.ChannelAnswer },
  handle: async (ctx, { body }) => {
    requireOwn(ctx, body.institutionBizId);
    return channel(ctx, await createSender(ctx, toNewSender(body, env().reach.allowPlaintext)));
  },
});

const update = programOperation({
  summary: "Change a notification channel",
  body: schemas.UpdateChannel,
  answers: { 200: schemas.ChannelAnswer },
  handle: async (ctx, { body, request }) => {
    const before = await find(ctx, body.bizId);
    const wanted = statusChange(before, body.channelStatus);
    const senderId = before.id;
    const after = await updateSender(ctx, toSenderChanges(before, body, env().reach.allowPlaintext));
    return channel(ctx, wanted === null ? after : await setStatus(ctx, senderId, wanted, request.signal));
  },
});

const activate = programOperation({
  summary: "Activate a notification channel, once its server takes mail from it",
  body: schemas.ChannelRef,
  answers: { 200: schemas.ChannelAnswer },
  handle: async (ctx, { body, request }) => {
    const { id } = await find(ctx, body.bizId);
    return channel(ctx, await setStatus(ctx, id, "ACTIVE", request.signal));
  },
});

const deactivate = programOperation({
  summary: "Deactivate a notification channel; its messages wait",
  body: schemas.ChannelRef,
  answers: { 200: schemas.ChannelAnswer },
  handle: async (ctx, { body, request }) => {
    const { id } = await find(ctx, body.bizId);
    return channel(ctx, await setStatus(ctx, id, "INACTIVE", request.signal));
  },
});

const remove = programOperation({
  summary: "Delete a notification channel",
  body: schemas.ChannelRef,
  answers: { 200: schemas.DeletedAnswer },
  handle: async (ctx, { body }) => {
    const { id: senderId } = await find(ctx, body.bizId);
    await deleteSender(ctx, { senderId });
    return success(null);
  },
});

const query = programOperation({
  summary: "List notification channels",
  access: "read",
  body: schemas.QueryChannels,
  query: schemas.PageQuery,
  answers: { 200: schemas.ChannelsAnswer },
  handle: async (ctx, { body, query: page }) => {
    const { institutionId } = requirePermission(ctx, "sender:read");
    if (body.institutionBizId) {
      requireOwn(ctx, body.institutionBizId);
    }
    const found = await searchSenders(ctx, toSearch(page, body));
    const { items, total, size, page: number } = found;
    const content = items.map((sender) => toChannel(institutionId, sender));
    return success({ content, totalElements: total, totalPages: Math.ceil(total / size), number, size });
  },
});

const types = programOperation({
  summary: "List the types of notification channels",
  access: "read",
  answers: { 200: schemas.ChannelTypesAnswer },
  handle: async (ctx) => {
    requirePermission(ctx, "sender:read");
    const { locale } = ctx.request;
    return { ...success([await toChannelType(locale)]), headers: { "content-language": locale } };
  },
});

const post = (pattern: string, operation: ProgramOperation): ProgramRoute => ({ pattern, operations: { POST: operation } });

export const slaunchxRoutes = {
  create: post(`${CHANNELS}/command/create`, create),
  update: post(`${CHANNELS}/command/update`, update),
  activate: post(`${CHANNELS}/command/activate`, activate),
  deactivate: post(`${CHANNELS}/command/deactivate`, deactivate),
  delete: post(`${CHANNELS}/command/delete`, remove),
  query: post(`${CHANNELS}/query`, query),
  types: post("/web/v1/notification-channel-types/query", types),
} satisfies Record<string, ProgramRoute>;

function success(data: unknown): Answer {
  return { status: 200, body: { code: "2000", message: "SUCCESS", data } };
}

function channel(ctx: Context, sender: SenderDetailDto): Answer {
  const { institutionId } = requirePermission(ctx, "sender:read");
  return success(toChannel(institutionId, sender));
}

/** Somebody else's institution and none at all look the same. */
function requireOwn(ctx: Context, institutionBizId: string): void {
  const { institutionId } = requirePermission(ctx, "sender:read");
  if (idOf("institution", institutionBizId) !== institutionId) {
    throw notFound();
  }
}

/** One of this API's channels: other kinds of senders are not there for it. */
async function find(ctx: Context, bizId: string): Promise<SenderDetailDto> {
  const sender = await getSender(ctx, { senderId: idOf("channel", bizId) });
  if (sender.type !== KIND.type || sender.provider !== KIND.provider) {
    throw notFound();
  }
  return sender;
}

type Settable = "ACTIVE" | "INACTIVE";

/** What of a status takes effect: one that is already so changes nothing, and some come about by themselves alone. */
function statusChange({ state }: SenderDetailDto, wanted: schemas.UpdateChannel["channelStatus"]): Settable | null {
  if (!wanted || wanted.toLowerCase() === state) {
    return null;
  }
  if (wanted === "ACTIVE" || wanted === "INACTIVE") {
    return wanted;
  }
  throw fieldError("channelStatus", "invalid");
}

function setStatus(ctx: Context, senderId: string, wanted: Settable, signal: AbortSignal): Promise<SenderDetailDto> {
  return wanted === "ACTIVE" ? activateSender(ctx, { senderId }, signal) : setSenderEnabled(ctx, { senderId, enabled: false });
}
