import { document, kept, plain, secret, url, yesNo } from "@/lib/channels/providers/catalogue/define";

export const PUSH_PROVIDERS = [
  kept("push", "fcm", "Firebase Cloud Messaging", { serviceAccount: document("serviceAccount") }),
  kept("push", "apns", "Apple Push Notification service", {
    privateKey: document("privateKey"),
    keyId: plain("keyId"),
    teamId: plain("teamId"),
    bundleId: plain("bundleId"),
    production: yesNo("production"),
  }),
  kept("push", "expo", "Expo", { accessToken: secret("accessToken") }),
  kept("push", "one-signal", "OneSignal", { appId: plain("appId"), apiKey: secret("apiKey") }),
  kept("push", "pushpad", "Pushpad", { authToken: secret("authToken"), projectId: plain("projectId") }),
  kept(
    "push",
    "push-webhook",
    "Push webhook",
    { webhookUrl: url("webhookUrl"), signingKey: secret("signingKey") },
    { bound: ["webhookUrl"] },
  ),
  kept("push", "pusher-beams", "Pusher Beams", { instanceId: plain("instanceId"), secretKey: secret("secretKey") }),
  kept("push", "appio", "Appio", { apiAddress: url("apiAddress") }),
];
