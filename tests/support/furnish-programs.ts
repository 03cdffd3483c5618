import { createHash } from "node:crypto";
import { newId } from "@/lib/core/ids";
import { sealJson, settingsPlace } from "@/lib/services/subscriptions/sealed";
import { asAdmin } from "@/tests/support/outbox";

/** What the tenancy matrix can name of what programs made, and of what they come with. */
export interface ProgramIds {
  apiKeyId: string;
  signingKeyId: string;
  accessTokenId: string;
  chatIntegrationId: string;
  connectionId: string;
  endpointId: string;
  pushSenderId: string;
  subscriptionId: string;
  /** What the subscription is known by. */
  pushEndpoint: string;
}

interface Whose {
  institutionId: string;
  userId: string;
  subscriberId: string;
  mark: string;
}

const WEB_PUSH = { subject: "mailto:push@example.org", publicKey: "-" };

/** One row in each of the programs' tables. Keys open nothing, and sealed values open for nobody. */
export async function furnishPrograms({ institutionId, userId, subscriberId, mark }: Whose): Promise<ProgramIds> {
  const ids: ProgramIds = {
    apiKeyId: newId(),
    signingKeyId: newId(),
    accessTokenId: newId(),
    chatIntegrationId: newId(),
    connectionId: newId(),
    endpointId: newId(),
    pushSenderId: newId(),
    subscriptionId: newId(),
    pushEndpoint: `https://fcm.googleapis.com/fcm/send/${mark}`,
  };
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys({ institution_id: institutionId, ...row });
    return asAdmin(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((_, at) => `$${at + 1}`).join(", ")})`, [
      institutionId,
      ...Object.values(row),
    ]);
  };
  const hash = createHash("sha256").update(mark).digest();
  const later = new Date(Date.now() + 86_400_000);
  await insert("api_key", {
    id: ids.apiKeyId,
    kind: "secret",
    name: `Key ${mark}`,
    prefix: `sk_${mark}`,
    last4: "0000",
    hash,
    scopes: ["senders:read"],
    expires_at: later,
  });
  await insert("signing_key", {
    id: ids.signingKeyId,
    name: `Application ${mark}`,
    kid: `kid-${mark}`,
    public_key: "-",
    origin: "uploaded",
  });
  await insert("access_token", { id: ids.accessTokenId, name: `Token ${mark}`, user_id: userId, expires_at: later });
  await insert("api_request", {
    id: newId(),
    credential_id: ids.apiKeyId,
    dialect: "native",
    method: "GET",
    route: "/api/v1/senders",
    status: 200,
    ms: 3,
    request_id: `req_${mark}`,
  });
  await insert("idempotency", {
    actor: ids.apiKeyId,
    route: "POST /api/channels",
    key: mark,
    fingerprint: hash,
    claim: newId(),
    locked_until: later,
  });
  await insert("context", { key: `tenant:${mark}` });
  const [chatId, pushId, blobId] = [ids.chatIntegrationId, newId(), newId()];
  await insert("integration", {
    id: chatId,
    name: `Chat ${mark}`,
    identifier: `chat-${mark}`,
    provider: "slack",
    channel: "chat",
    config: {},
  });
  await insert("integration", { id: pushId, name: `Push ${mark}`, provider: "web_push", channel: "push", config: WEB_PUSH });
  await insert("connection", {
    id: ids.connectionId,
    identifier: `conn-${mark}`,
    integration_id: chatId,
    subscriber_id: subscriberId,
    mode: "subscriber",
    workspace_id: `T${mark}`,
    secrets: "-",
  });
  await insert("endpoint", {
    id: ids.endpointId,
    identifier: `endp-${mark}`,
    integration_id: chatId,
    connection_id: ids.connectionId,
    subscriber_id: subscriberId,
    type: "slack_channel",
    endpoint: { channelId: `C${mark}` },
  });
  await insert("sender", { id: ids.pushSenderId, integration_id: pushId, type: "push", name: `Push ${mark}` });
  await insert("subscription", {
    id: ids.subscriptionId,
    sender_id: ids.pushSenderId,
    subscriber_id: subscriberId,
    identifier: ids.pushEndpoint,
    identifier_hash: createHash("sha256").update(ids.pushEndpoint).digest(),
    settings: { endpoint: ids.pushEndpoint },
  });
  await insert("subscription_settings", {
    sender_id: ids.pushSenderId,
    subscriber_id: subscriberId,
    id: blobId,
    settings: sealJson({ device_tokens: [mark] }, settingsPlace(institutionId, blobId, 1)),
  });
  return ids;
}
