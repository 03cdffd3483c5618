import { randomBytes } from "node:crypto";
import { newVapidKeys } from "@/lib/crypto/vapid";

export interface BrowserSubscription {
  identifier: string;
  settings: { endpoint: string; p256dh: string; auth: string };
}

/** What a browser's PushSubscription holds, as a page sends it. */
export function browserSubscription(endpoint = browserEndpoint()): BrowserSubscription {
  const { publicKey } = newVapidKeys();
  return { identifier: endpoint, settings: { endpoint, p256dh: publicKey, auth: randomBytes(16).toString("base64url") } };
}

export function browserEndpoint(): string {
  return `https://fcm.googleapis.com/fcm/send/${randomBytes(8).toString("base64url")}:APA91b${randomBytes(60).toString("base64url")}`;
}
