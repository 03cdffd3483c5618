import { createMailTransport } from "@/lib/delivery/mail";
import type { DeliveryResult } from "@/lib/delivery/result";
import { sendText } from "@/lib/delivery/text";
import { type Env, env } from "@/lib/env";

export interface MailOut {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Without brackets; the same on every attempt (R70). */
  messageId: string;
  senderName: string;
  language: string;
}

export interface TextOut {
  to: string;
  text: string;
  reference: string;
}

export interface Outlets {
  sendMail(mail: MailOut): Promise<DeliveryResult>;
  sendText(text: TextOut): Promise<DeliveryResult>;
  close(): void;
}

/** The system's own senders: one pool of connections to its mail server, and its text provider. */
export function openSystemOutlets(settings: Pick<Env, "systemSmtpUrl" | "systemMailFrom" | "systemSmsUrl"> = env()): Outlets {
  const { systemSmtpUrl, systemMailFrom, systemSmsUrl } = settings;
  const transport = createMailTransport({ url: systemSmtpUrl });
  return {
    sendMail: ({ senderName, messageId, ...mail }) =>
      transport.send({ ...mail, messageId: `<${messageId}>`, from: { name: senderName, address: systemMailFrom } }),
    sendText: (text) => sendText({ ...text, url: systemSmsUrl }),
    close: () => transport.close(),
  };
}
