import { z } from "zod";
import { defineSubscriptionType } from "@/lib/channels/subscriptions/define";
import { maskAddress } from "@/lib/channels/subscriptions/mask-address";
import { singleLineText } from "@/lib/core/safe-text";

const name = singleLineText({ max: 255 }).optional();

/** Where a webhook may be is judged anew when it is sent to; here it is what can be one at all. */
const webhookUrl = z.string().max(2048).refine(isWebhook);

/** A place in somebody's chat: several people may share it. */
export const chat = defineSubscriptionType({
  id: "chat",
  settings: () =>
    z.object({ channel_id: name, user_id: name, webhook_url: webhookUrl.optional() }).superRefine((settings, ctx) => {
      if (Object.values(settings).every((value) => value === undefined)) {
        ctx.addIssue({ code: "custom", path: ["channel_id"], params: { reason: "required" } });
      }
    }),
  secret: ["webhook_url"],
  masked: [],
  address: null,
  key: (identifier) => identifier,
  mask: maskAddress,
});

function isWebhook(text: string): boolean {
  const url = URL.parse(text);
  const isName = url !== null && /[a-z]$/.test(url.hostname) && url.hostname.includes(".");
  return isName && url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "" && !text.includes("#");
}
