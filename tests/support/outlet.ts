import { onTestFinished } from "vitest";
import type { ProviderOutlet, Reach, SenderMail } from "@/lib/channels/providers/define";
import { type SmtpConfig, smtpConfig } from "@/lib/channels/providers/smtp-config";
import { openSmtpOutlet, type SmtpOutletOptions } from "@/lib/channels/providers/smtp-outlet";
import type { DeliveryResult } from "@/lib/delivery/result";
import { startDns, type TestDns, type Zone } from "@/tests/support/dns-server";

/** Reaches loopback and the given ports, and nothing else that is not public. */
export function reachTo(...allowPorts: number[]): Reach {
  return { allowCidrs: ["127.0.0.0/8", "::1/128"], allowPorts, allowPlaintext: false };
}

export function smtp(port: number, changes: Partial<SmtpConfig> = {}): SmtpConfig {
  const base = { host: "localhost", port, security: "starttls", auth: "password", username: "user", password: "s@cret" };
  return smtpConfig.parse({ ...base, connectionTimeoutMs: 2000, readTimeoutMs: 1000, ...changes });
}

/** An outlet that is closed with its test. */
export function outlet(config: SmtpConfig, reach: Reach, options?: SmtpOutletOptions): ProviderOutlet {
  const opened = openSmtpOutlet(config, reach, options);
  onTestFinished(() => opened.close());
  return opened;
}

export async function send(through: ProviderOutlet, changes: Partial<SenderMail> = {}): Promise<DeliveryResult> {
  if (!through.sendMail) throw new Error("an outlet for mail");
  return through.sendMail({ ...senderMail, ...changes });
}

const senderMail: SenderMail = {
  from: { name: "Réachable, Inc", address: "noreply@sender.example" },
  to: "ann@example.com",
  subject: "確認",
  html: "<p>Bonjour</p>",
  text: "Bonjour",
  messageId: "id-1@sender.example",
  language: "ja",
};

export async function dnsWith(zones: Record<string, Zone>): Promise<TestDns> {
  const dns = await startDns();
  onTestFinished(dns.stop);
  for (const [name, zone] of Object.entries(zones)) dns.zones.set(name, zone);
  return dns;
}
