import { toSettings, toSubscription } from "@/lib/dialects/notiflows/from-domain";
import {
  AddSubscription,
  ChannelSettings,
  PutSettings,
  RemoveSubscription,
  Subscription,
  SubscriptionList,
} from "@/lib/dialects/notiflows/schemas";
import { channelOf } from "@/lib/dialects/notiflows/to-domain";
import { type ProgramRoute, programOperation } from "@/lib/http/program-route";
import { deleteOwnSubscription } from "@/lib/services/subscriptions/delete";
import { listOwnSubscriptions } from "@/lib/services/subscriptions/list-own";
import { deleteOwnSettings, getOwnSettings, putOwnSettings } from "@/lib/services/subscriptions/settings";
import { upsertSubscription } from "@/lib/services/subscriptions/upsert";

const subscriptions: ProgramRoute["operations"] = {
  GET: programOperation({
    summary: "The user's subscriptions on a channel.",
    answers: { 200: SubscriptionList },
    handle: async (ctx, { params }) => {
      const items = await listOwnSubscriptions(ctx, channelOf(params));
      return { status: 200, body: { items: items.map(toSubscription) } };
    },
  }),
  POST: programOperation({
    summary: "Add a subscription, or give the one with this identifier new settings.",
    body: AddSubscription,
    answers: { 200: Subscription, 201: Subscription },
    handle: async (ctx, { params, body }) => {
      const { created, subscription } = await upsertSubscription(ctx, { ...channelOf(params), ...body });
      return { status: created ? 201 : 200, body: toSubscription(subscription) };
    },
  }),
  DELETE: programOperation({
    summary: "Remove a subscription by its identifier.",
    body: RemoveSubscription,
    answers: { 204: null },
    handle: async (ctx, { params, body }) => {
      await deleteOwnSubscription(ctx, { ...channelOf(params), ...body });
      return { status: 204 };
    },
  }),
};

const settings: ProgramRoute["operations"] = {
  GET: programOperation({
    summary: "What the application keeps for the user on a channel.",
    answers: { 200: ChannelSettings },
    handle: async (ctx, { params }) => ({ status: 200, body: toSettings(await getOwnSettings(ctx, channelOf(params))) }),
  }),
  PUT: programOperation({
    summary: "Replace what the application keeps for the user on a channel.",
    body: PutSettings,
    answers: { 200: ChannelSettings },
    handle: async (ctx, { params, body }) => ({
      status: 200,
      body: toSettings(await putOwnSettings(ctx, { ...channelOf(params), ...body })),
    }),
  }),
  DELETE: programOperation({
    summary: "Forget what the application keeps for the user on a channel.",
    answers: { 204: null },
    handle: async (ctx, { params }) => {
      await deleteOwnSettings(ctx, channelOf(params));
      return { status: 204 };
    },
  }),
};

const CHANNEL = "/user/v1/channels/{channel_id}";

/** Each path stands twice, as the vendor's two hosts have it. */
export const notiflowsRoutes = {
  subscriptions: { pattern: `${CHANNEL}/subscriptions`, operations: subscriptions },
  settings: { pattern: `${CHANNEL}/settings`, operations: settings },
  apiSubscriptions: { pattern: `/api${CHANNEL}/subscriptions`, operations: subscriptions },
  apiSettings: { pattern: `/api${CHANNEL}/settings`, operations: settings },
} satisfies Record<string, ProgramRoute>;
