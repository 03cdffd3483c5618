import { z } from "zod";
import { toChannel } from "@/lib/dialects/votel/from-domain";
import { Channel, CreateChannel, ListChannels, UpdateChannel } from "@/lib/dialects/votel/schemas";
import { toChange, toNewSender, toPage } from "@/lib/dialects/votel/to-domain";
import { env } from "@/lib/env";
import { pathId } from "@/lib/http/path-id";
import { type ProgramRoute, programOperation } from "@/lib/http/program-route";
import { createBoundSender } from "@/lib/services/senders/create-bound";
import { deleteSender } from "@/lib/services/senders/delete";
import { getBoundSender } from "@/lib/services/senders/get-bound";
import { listBoundSenders } from "@/lib/services/senders/list-bound";
import { updateBoundSender } from "@/lib/services/senders/update-bound";

const BASE = "/api/channels";

export const votelRoutes = {
  channels: {
    pattern: BASE,
    operations: {
      GET: programOperation({
        summary: "The tenant's channels, the newest first; a Link header names the next page.",
        query: ListChannels,
        answers: { 200: z.array(Channel) },
        handle: async (ctx, { query, request }) => {
          const { items, next } = await listBoundSenders(ctx, toPage(query));
          return { status: 200, body: items.map(toChannel), headers: next ? { link: `<${pageAfter(request, next)}>; rel="next"` } : {} };
        },
      }),
      POST: programOperation({
        summary: "Create a channel on an integration that is there.",
        body: CreateChannel,
        answers: { 201: Channel },
        handle: async (ctx, { body }) => ({ status: 201, body: toChannel(await createBoundSender(ctx, toNewSender(body))) }),
      }),
    },
  },
  channel: {
    pattern: `${BASE}/{id}`,
    operations: {
      GET: programOperation({
        summary: "One channel.",
        answers: { 200: Channel },
        handle: async (ctx, { params }) => ({ status: 200, body: toChannel(await getBoundSender(ctx, refOf(params))) }),
      }),
      PATCH: programOperation({
        summary: "Change a channel; what it sends through stays.",
        body: UpdateChannel,
        answers: { 200: Channel },
        handle: async (ctx, { params, body }) => {
          const { type } = await getBoundSender(ctx, refOf(params));
          return { status: 200, body: toChannel(await updateBoundSender(ctx, { ...refOf(params), ...toChange(type, body) })) };
        },
      }),
      DELETE: programOperation({
        summary: "Delete a channel; its account and its number stay.",
        answers: { 204: null },
        handle: async (ctx, { params }) => {
          // of other kinds than mail and text this API knows nothing
          await getBoundSender(ctx, refOf(params));
          // what a channel is made of was there before it, and is there for the next one
          await deleteSender(ctx, { ...refOf(params), keepNumber: true, keepAccount: true });
          return { status: 204 };
        },
      }),
    },
  },
} satisfies Record<string, ProgramRoute>;

function refOf(params: Record<string, string>): { senderId: string } {
  return { senderId: pathId(params) };
}

function pageAfter(request: Request, cursor: string): string {
  const url = new URL(BASE + new URL(request.url).search, env().appOrigin);
  url.searchParams.set("cursor", cursor);
  return url.href;
}
