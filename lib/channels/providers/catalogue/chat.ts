import { generic, kept, maybe, maybeSecret, maybeUrl, plain, secret, yesNo } from "@/lib/channels/providers/catalogue/define";

/** Providers without fields take what they need, a webhook's address, with each endpoint. */
export const CHAT_PROVIDERS = [
  kept(
    "chat",
    "slack",
    "Slack",
    {
      appId: maybe("appId"),
      clientId: maybe("clientId"),
      clientSecret: maybeSecret("clientSecret"),
      signingSecret: maybeSecret("signingSecret"),
      redirectUrl: maybeUrl("redirectUrl"),
    },
    { rotates: true },
  ),
  kept("chat", "discord", "Discord", {}),
  kept("chat", "msteams", "Microsoft Teams", {
    clientId: maybe("clientId"),
    clientSecret: maybeSecret("clientSecret"),
    tenantId: maybe("tenantId"),
    redirectUrl: maybeUrl("redirectUrl"),
  }),
  kept("chat", "mattermost", "Mattermost", {}),
  kept("chat", "ryver", "Ryver", {}),
  kept("chat", "zulip", "Zulip", {}),
  kept("chat", "grafana-on-call", "Grafana OnCall", {
    alertUid: maybe("alertUid"),
    alertTitle: maybe("alertTitle"),
    imageUrl: maybeUrl("imageUrl"),
    alertState: maybe("alertState"),
    externalLink: maybeUrl("externalLink"),
  }),
  kept("chat", "getstream", "GetStream", { apiKey: secret("apiKey") }),
  kept("chat", "rocket-chat", "Rocket.Chat", { accessToken: secret("accessToken"), userId: plain("userId") }),
  kept("chat", "whatsapp-business", "WhatsApp Business", {
    accessToken: secret("accessToken"),
    phoneNumberId: plain("phoneNumberId"),
    businessAccountId: maybe("businessAccountId"),
    appSecret: maybeSecret("appSecret"),
  }),
  kept("chat", "chat-webhook", "Chat webhook", { signingKey: maybeSecret("signingKey") }),
  kept("chat", "novu-slack", "Novu Slack", generic(), { bound: ["apiAddress"], rotates: true }),
];

export const IN_APP_PROVIDERS = [kept("in_app", "novu", "Novu Inbox", { verifyHmac: yesNo("verifyHmac") })];
