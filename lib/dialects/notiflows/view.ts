import { type ApiView, OPEN } from "@/lib/http/api-view";
import type { SenderDetailDto } from "@/lib/services/senders/dto";

const ADDRESSES: Record<string, { identifier: string; settings: Record<string, string> }> = {
  push: { identifier: "<endpoint>", settings: { endpoint: "<endpoint>", p256dh: "<p256dh>", auth: "<auth>" } },
  chat: { identifier: "<channel>", settings: { channel_id: "<channel>" } },
};

/** What a page of an institution's application asks for on a sender that keeps subscriptions; null: on others, nothing. */
export function notiflowsView({ id, type }: SenderDetailDto): ApiView | null {
  const body = ADDRESSES[type];
  if (!body) {
    return null;
  }
  const headers = { "X-Notiflows-API-Key": OPEN.publicKey, "X-Notiflows-User-Key": OPEN.token };
  // the sender itself is nothing that this API's clients ever see
  return { api: "notiflows", shown: null, request: { method: "POST", path: `/user/v1/channels/${id}/subscriptions`, headers, body } };
}
