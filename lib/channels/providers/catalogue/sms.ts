import {
  delivering,
  generic,
  kept,
  maybe,
  maybeSecret,
  maybeUrl,
  plain,
  port,
  secret,
  url,
  yesNo,
} from "@/lib/channels/providers/catalogue/define";
import { httpText } from "@/lib/channels/providers/http-text";
import { twilio } from "@/lib/channels/providers/twilio";
import { vonage } from "@/lib/channels/providers/vonage";

const key = () => ({ apiKey: secret("apiKey") });
const login = () => ({ username: plain("username"), password: secret("password") });
const token = () => ({ apiToken: secret("apiToken") });

export const SMS_PROVIDERS = [
  kept("sms", "clickatell", "Clickatell", key()),
  delivering("nexmo", "Vonage (Nexmo)", vonage),
  kept("sms", "plivo", "Plivo", { authId: plain("authId"), authToken: secret("authToken") }),
  kept("sms", "sms77", "seven (sms77)", key()),
  kept("sms", "sms-central", "SMS Central", { ...login(), apiAddress: maybeUrl("apiAddress") }, { bound: ["apiAddress"] }),
  kept("sms", "sns", "Amazon SNS", {
    accessKeyId: plain("accessKeyId"),
    secretAccessKey: secret("secretAccessKey"),
    region: plain("region"),
  }),
  kept("sms", "telnyx", "Telnyx", { ...key(), messagingProfileId: plain("messagingProfileId") }),
  delivering("twilio", "Twilio", twilio),
  kept("sms", "gupshup", "Gupshup", { userId: plain("userId"), password: secret("password") }),
  kept("sms", "firetext", "FireText", key()),
  kept("sms", "infobip-sms", "Infobip SMS", { ...key(), apiAddress: url("apiAddress") }, { bound: ["apiAddress"] }),
  kept("sms", "burst-sms", "Burst SMS", { apiKey: plain("apiKey"), apiSecret: secret("apiSecret") }),
  kept("sms", "bulk-sms", "BulkSMS", token()),
  kept("sms", "isend-sms", "iSend SMS", token()),
  kept("sms", "forty-six-elks", "46elks", login()),
  kept(
    "sms",
    "kannel",
    "Kannel",
    { host: plain("host"), port: port(), username: maybe("username"), password: maybeSecret("password") },
    { bound: ["host", "port"] },
  ),
  kept("sms", "maqsam", "Maqsam", { accessKeyId: plain("accessKeyId"), secretAccessKey: secret("secretAccessKey") }),
  kept("sms", "termii", "Termii", key()),
  kept("sms", "africas-talking", "Africa's Talking", { username: plain("username"), ...key() }),
  kept("sms", "novu-sms", "Novu SMS", generic(), { bound: ["apiAddress"] }),
  kept("sms", "sendchamp", "Sendchamp", key()),
  delivering("generic-sms", "Generic SMS", httpText),
  kept("sms", "clicksend", "ClickSend", { username: plain("username"), ...key() }),
  kept("sms", "bandwidth", "Bandwidth", { ...login(), accountId: plain("accountId") }),
  kept("sms", "messagebird", "Bird (MessageBird)", { accessKey: secret("accessKey") }),
  kept("sms", "simpletexting", "SimpleTexting", key()),
  kept("sms", "azure-sms", "Azure SMS", { connectionString: secret("connectionString") }),
  kept("sms", "ring-central", "RingCentral", {
    clientId: plain("clientId"),
    clientSecret: secret("clientSecret"),
    jwt: secret("jwt"),
    sandbox: yesNo("sandbox"),
  }),
  kept("sms", "brevo-sms", "Brevo SMS", key()),
  kept("sms", "eazy-sms", "Eazy", { ...key(), channelId: plain("channelId") }),
  kept("sms", "mobishastra", "Mobishastra", { ...login(), apiAddress: url("apiAddress") }, { bound: ["apiAddress"] }),
  kept("sms", "afro-message", "AfroMessage", { ...key(), senderName: plain("senderName") }),
  kept("sms", "unifonic", "Unifonic", { appSid: secret("appSid"), senderId: plain("senderId") }),
  kept("sms", "smsmode", "smsmode", key()),
  kept("sms", "imedia", "iMedia", token()),
  kept("sms", "sinch", "Sinch", { servicePlanId: plain("servicePlanId"), ...token(), region: plain("region") }),
  kept("sms", "isendpro-sms", "iSendPro", key()),
];
