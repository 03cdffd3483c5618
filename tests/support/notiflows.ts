import { newId } from "@/lib/core/ids";
import { newVapidKeys } from "@/lib/crypto/vapid";
import { inInstitution } from "@/lib/db/unit-of-work";
import { makeInstitution } from "@/tests/support/institution";
import { callProgram, makeKey } from "@/tests/support/programs";
import { makeSigningKey, type SigningPair, userToken } from "@/tests/support/tokens";

/** An institution whose application registers its users' browsers. */
export interface Application {
  institutionId: string;
  apiKey: string;
  apiKeyId: string;
  signing: SigningPair;
  /** A push sender. */
  channelId: string;
}

export async function makeApplication(): Promise<Application> {
  const institutionId = await makeInstitution();
  const { key: apiKey, id: apiKeyId } = await makeKey(institutionId, { kind: "public", scopes: ["subscriptions:write"] });
  return { institutionId, apiKey, apiKeyId, signing: await makeSigningKey(institutionId), channelId: await makeChannel(institutionId) };
}

/** A sender that keeps subscriptions. */
export async function makeChannel(institutionId: string, type: "push" | "chat" = "push"): Promise<string> {
  const [id, integrationId] = [newId(), newId()];
  const account =
    type === "push"
      ? { provider: "web_push", config: { subject: "mailto:push@example.com", publicKey: newVapidKeys().publicKey } }
      : { provider: "slack", config: {} };
  await inInstitution(institutionId, async (tx) => {
    await tx.integration.create({ data: { institutionId, id: integrationId, name: "Channel", channel: type, ...account } });
    await tx.sender.create({ data: { institutionId, id, integrationId, type, name: "Channel", state: "active", provenRevision: 1 } });
  });
  return id;
}

interface NotiflowsRequest {
  /** The application's own key; null sends none. */
  apiKey?: string | null;
  /** The user's external id, for whom a token is signed. */
  user?: string;
  /** Instead of a signed one; null sends none. */
  token?: string | null;
  channel?: string;
  part?: "subscriptions" | "settings";
  /** Below `/api` too. */
  below?: "" | "/api";
  body?: unknown;
  headers?: Record<string, string>;
}

/** A request as a page of the application sends it. */
export function callNotiflows(app: Application, method: string, asked: NotiflowsRequest = {}): Promise<Response> {
  const { user = "user-1", channel = app.channelId, part = "subscriptions", below = "", body, headers = {} } = asked;
  const { apiKey = app.apiKey, token = userToken(app.signing, user) } = asked;
  return callProgram({
    file: `(dialects)/(notiflows)${below}/user/v1/channels/[channel_id]/${part}/route.ts`,
    method,
    path: `${below}/user/v1/channels/${encodeURIComponent(channel)}/${part}`,
    params: { channel_id: channel },
    headers: {
      ...(apiKey === null ? {} : { "x-notiflows-api-key": apiKey }),
      ...(token === null ? {} : { "x-notiflows-user-key": token }),
      ...headers,
    },
    body,
  });
}
