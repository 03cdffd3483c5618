/** What a provider of mail fixes, and what it asks of its customers. Plain data for the form. */
export interface SmtpPreset {
  id: string;
  /** The provider's own name; "" for the one that fixes nothing. */
  name: string;
  host: string;
  port: number;
  security: "tls" | "starttls";
  auth: "password" | "oauth2";
  /** The same for every customer. */
  username?: string;
  oauthTokenUrl?: string;
  /** Where the host depends on where the account lives; the first is `host`. */
  regions?: readonly { id: string; host: string }[];
  /** Which note tells what it needs: `senders.presetNote.<note>`. */
  note: PresetNote;
  /** The provider's own page about it. */
  help?: string;
}

export type PresetNote = "appPassword" | "oauth" | "smtpCredentials" | "apiKey" | "serverToken" | "keyPair" | "custom";

const SES_REGIONS = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "sa-east-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "me-south-1",
  "il-central-1",
  "af-south-1",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
].map((id) => ({ id, host: `email-smtp.${id}.amazonaws.com` }));

const AT_ONCE = { port: 465, security: "tls" } as const;
const UPGRADED = { port: 587, security: "starttls" } as const;

/** TLS from the start wherever the provider offers it (RFC 8314). */
export const SMTP_PRESETS: readonly SmtpPreset[] = [
  {
    id: "gmail",
    name: "Gmail",
    host: "smtp.gmail.com",
    ...AT_ONCE,
    auth: "password",
    oauthTokenUrl: "https://oauth2.googleapis.com/token",
    note: "appPassword",
    help: "https://support.google.com/accounts/answer/185833",
  },
  {
    id: "microsoft365",
    name: "Microsoft 365",
    host: "smtp.office365.com",
    ...UPGRADED,
    auth: "oauth2",
    oauthTokenUrl: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    note: "oauth",
    help: "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
  },
  {
    id: "ses",
    name: "Amazon SES",
    host: "email-smtp.us-east-1.amazonaws.com",
    ...AT_ONCE,
    auth: "password",
    regions: SES_REGIONS,
    note: "smtpCredentials",
    help: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
  },
  {
    id: "sendgrid",
    name: "SendGrid",
    host: "smtp.sendgrid.net",
    ...AT_ONCE,
    auth: "password",
    username: "apikey",
    note: "apiKey",
    help: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api",
  },
  {
    id: "mailgun",
    name: "Mailgun",
    host: "smtp.mailgun.org",
    ...AT_ONCE,
    auth: "password",
    regions: [
      { id: "US", host: "smtp.mailgun.org" },
      { id: "EU", host: "smtp.eu.mailgun.org" },
    ],
    note: "smtpCredentials",
    help: "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp",
  },
  {
    id: "postmark",
    name: "Postmark",
    host: "smtp.postmarkapp.com",
    ...UPGRADED,
    auth: "password",
    note: "serverToken",
    help: "https://postmarkapp.com/developer/user-guide/send-email-with-smtp",
  },
  {
    id: "mailjet",
    name: "Mailjet",
    host: "in-v3.mailjet.com",
    ...AT_ONCE,
    auth: "password",
    note: "keyPair",
    help: "https://dev.mailjet.com/smtp-relay/configuration/",
  },
  {
    id: "brevo",
    name: "Brevo",
    host: "smtp-relay.brevo.com",
    ...AT_ONCE,
    auth: "password",
    note: "smtpCredentials",
    help: "https://help.brevo.com/hc/en-us/articles/7924908994450",
  },
  {
    id: "zoho",
    name: "Zoho Mail",
    host: "smtp.zoho.com",
    ...AT_ONCE,
    auth: "password",
    regions: ["com", "eu", "in", "com.au", "jp", "com.cn", "sa"].map((id) => ({ id, host: `smtp.zoho.${id}` })),
    note: "appPassword",
    help: "https://www.zoho.com/mail/help/zoho-smtp.html",
  },
  {
    id: "fastmail",
    name: "Fastmail",
    host: "smtp.fastmail.com",
    ...AT_ONCE,
    auth: "password",
    note: "appPassword",
    help: "https://www.fastmail.help/hc/en-us/articles/360058752854",
  },
  { id: "custom", name: "", host: "", ...UPGRADED, auth: "password", note: "custom" },
];

/** The provider whose server that is. */
export function presetOf(host: string): SmtpPreset | undefined {
  const wanted = host.trim().toLowerCase();
  if (wanted === "") return undefined;
  return SMTP_PRESETS.find((preset) => preset.host === wanted || preset.regions?.some((region) => region.host === wanted));
}
