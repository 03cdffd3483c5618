import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { toChannel, toChannels } from "@/lib/dialects/closient/from-domain";
import { Channel, ConfirmChannel, CreateChannel, UpdateChannel } from "@/lib/dialects/closient/schemas";
import { toChange, toNewContactPoint } from "@/lib/dialects/closient/to-domain";
import { pathId } from "@/lib/http/path-id";
import { type ProgramRoute, programOperation } from "@/lib/http/program-route";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";
import { getContactPoint } from "@/lib/services/contact-points/get";
import { listContactPoints } from "@/lib/services/contact-points/list";
import { updateContactPoint } from "@/lib/services/contact-points/update";
import { startVerification } from "@/lib/services/verifications/start";
import { submitCode } from "@/lib/services/verifications/submit-code";

const BASE = "/notifications/api/v1/notifications/channels";

export const closientRoutes = {
  channels: {
    pattern: BASE,
    operations: {
      GET: programOperation({
        summary: "The user's channels, the newest first.",
        answers: { 200: z.array(Channel) },
        handle: async (ctx) => ({ status: 200, body: toChannels(await allOf(ctx)) }),
      }),
      POST: programOperation({
        summary: "Register a channel, unverified and switched on.",
        body: CreateChannel,
        answers: { 201: Channel },
        handle: async (ctx, { body }) => ({ status: 201, body: toChannel(await createContactPoint(ctx, toNewContactPoint(body))) }),
      }),
    },
  },
  channel: {
    pattern: `${BASE}/{id}`,
    operations: {
      GET: programOperation({
        summary: "One channel.",
        answers: { 200: Channel },
        handle: async (ctx, { params }) => ({ status: 200, body: toChannel(await getContactPoint(ctx, refOf(params))) }),
      }),
      PATCH: programOperation({
        summary: "Rename a channel, or switch it on or off.",
        body: UpdateChannel,
        answers: { 200: Channel },
        handle: async (ctx, { params, body }) => ({
          status: 200,
          body: toChannel(await updateContactPoint(ctx, { ...refOf(params), ...toChange(body) })),
        }),
      }),
      DELETE: programOperation({
        summary: "Delete a channel.",
        answers: { 204: null },
        handle: async (ctx, { params }) => {
          await deleteContactPoint(ctx, refOf(params));
          return { status: 204 };
        },
      }),
    },
  },
  verify: {
    pattern: `${BASE}/{id}/verify`,
    operations: {
      POST: programOperation({
        summary: "Send the channel a code, or another one.",
        answers: { 202: Channel },
        handle: async (ctx, { params }) => ({ status: 202, body: toChannel(await startVerification(ctx, refOf(params))) }),
      }),
    },
  },
  confirm: {
    pattern: `${BASE}/{id}/confirm`,
    operations: {
      POST: programOperation({
        summary: "Prove a channel with the code that it was sent.",
        body: ConfirmChannel,
        answers: { 200: Channel },
        handle: async (ctx, { params, body }) => ({
          status: 200,
          body: toChannel(await submitCode(ctx, { ...refOf(params), code: body.code })),
        }),
      }),
    },
  },
} satisfies Record<string, ProgramRoute>;

function refOf(params: Record<string, string>): { contactPointId: string } {
  return { contactPointId: pathId(params) };
}

/** The API knows no pages; a person's channels are few (R34). */
async function allOf(ctx: Context): Promise<ContactPointDto[]> {
  const points: ContactPointDto[] = [];
  let after: string | null | undefined;
  while (after !== null) {
    const page = await listContactPoints(ctx, { sort: "newest", limit: 100, ...(after ? { after } : {}) });
    points.push(...page.items);
    after = page.next;
  }
  return points;
}
