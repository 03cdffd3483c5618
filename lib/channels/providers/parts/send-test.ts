import { randomUUID } from "node:crypto";
import type { Problem } from "@/lib/channels/diagnosis";
import type { SenderMail, SenderText } from "@/lib/channels/providers/define";
import { failure, type Outcome, type Rung } from "@/lib/channels/providers/parts/climb";
import type { DeliveryFailure, DeliveryResult } from "@/lib/delivery/result";

type Send = (text: SenderText, signal: AbortSignal) => Promise<DeliveryResult>;

const TEXT = "Reachable: test";

const PROBLEMS: Partial<Record<DeliveryFailure["reason"], Problem>> = {
  auth_failed: "credentials_refused",
  sender_rejected: "sender_not_allowed",
  recipient_rejected: "recipient_rejected",
  rejected: "message_rejected",
  temporary: "temporary",
  refused_by_policy: "refused_by_policy",
  dns_failed: "dns_failed",
  tls_failed: "tls_failed",
  unknown_outcome: "provider_unreachable",
  connect_failed: "provider_unreachable",
  timeout: "provider_unreachable",
};

/** The last rung, only if asked for: one real text to the person's own number (R32). */
export function sendTest({ from, to }: { from: string; to: string }, send: Send): Rung {
  return {
    id: "data",
    climb: async (signal) => judge(await send({ from, to, text: TEXT, reference: randomUUID() }, signal)),
  };
}

interface MailOutlet {
  sendMail: (mail: SenderMail) => Promise<DeliveryResult>;
  close: () => void;
}

/** The same by mail, to the person's own address. */
export function sendTestMail({ from, to }: { from: string; to: string }, open: () => MailOutlet): Rung {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    id: "data",
    climb: async () => {
      const outlet = open();
      try {
        return judge(
          await outlet.sendMail({
            from: { name: "", address: from },
            to,
            subject: TEXT,
            html: `<p>${TEXT}</p>`,
            text: TEXT,
            messageId: `${randomUUID()}@${domain}`,
            language: "en",
          }),
        );
      } finally {
        outlet.close();
      }
    },
  };
}

function judge(result: DeliveryResult): Outcome {
  if (result.outcome === "sent") return { result: "ok" };
  return { ...failure(PROBLEMS[result.reason] ?? "unknown"), temporary: result.outcome !== "refused" };
}
