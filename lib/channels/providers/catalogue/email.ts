import { delivering, generic, kept, maybe, maybeUrl, plain, secret, url } from "@/lib/channels/providers/catalogue/define";
import { smtp } from "@/lib/channels/providers/smtp";

const key = () => ({ apiKey: secret("apiKey") });

export const EMAIL_PROVIDERS = [
  kept("email", "emailjs", "EmailJS", { publicKey: plain("publicKey"), privateKey: secret("privateKey") }),
  kept(
    "email",
    "mailgun",
    "Mailgun",
    { ...key(), username: plain("username"), mailDomain: plain("mailDomain"), apiAddress: maybeUrl("apiAddress") },
    { bound: ["apiAddress"] },
  ),
  kept("email", "mailjet", "Mailjet", { apiKey: plain("apiKey"), apiSecret: secret("apiSecret") }),
  kept("email", "mandrill", "Mandrill", key()),
  delivering("nodemailer", "Nodemailer (SMTP)", smtp),
  kept("email", "postmark", "Postmark", key()),
  kept("email", "sendgrid", "SendGrid", { ...key(), region: maybe("region"), ipPool: maybe("ipPool") }),
  kept("email", "sendinblue", "Brevo (Sendinblue)", key()),
  kept("email", "ses", "Amazon SES", {
    accessKeyId: plain("accessKeyId"),
    secretAccessKey: secret("secretAccessKey"),
    region: plain("region"),
  }),
  kept("email", "netcore", "Netcore", key()),
  kept("email", "infobip-email", "Infobip Email", { ...key(), apiAddress: url("apiAddress") }, { bound: ["apiAddress"] }),
  kept("email", "resend", "Resend", key()),
  kept("email", "plunk", "Plunk", key()),
  kept("email", "mailersend", "MailerSend", key()),
  kept("email", "mailtrap", "Mailtrap", key()),
  kept("email", "outlook365", "Outlook 365", { username: plain("username"), password: secret("password") }),
  kept("email", "novu-email", "Novu Email", generic(), { bound: ["apiAddress"] }),
  kept("email", "sparkpost", "SparkPost", { ...key(), region: maybe("region") }),
  kept(
    "email",
    "email-webhook",
    "Email webhook",
    { webhookUrl: url("webhookUrl"), signingKey: secret("signingKey") },
    { bound: ["webhookUrl"] },
  ),
  kept("email", "braze", "Braze", { ...key(), apiAddress: url("apiAddress"), appId: plain("appId") }, { bound: ["apiAddress"] }),
];
