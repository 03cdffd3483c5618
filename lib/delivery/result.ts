export const DELIVERY_REASONS = [
  "dns_failed",
  "refused_by_policy",
  "connect_failed",
  "tls_failed",
  "auth_failed",
  "sender_rejected",
  "recipient_rejected",
  "smtputf8_missing",
  "rejected",
  "temporary",
  "timeout",
  "unknown_outcome",
] as const;

export type DeliveryReason = (typeof DELIVERY_REASONS)[number];

/**
 * refused: trying again would end the same. temporary: it surely did not go out, try later.
 * unknown: it may have gone out. Only `recipient_rejected` speaks about the contact point itself.
 */
export type DeliveryFailure = {
  outcome: "refused" | "temporary" | "unknown";
  reason: DeliveryReason;
  smtpCode?: number;
  httpStatus?: number;
  /** What the mail server said, printable, at most 200 characters, the recipient masked. */
  reply?: string;
};

export type DeliveryResult = { outcome: "sent"; providerReference?: string } | DeliveryFailure;

const MAX_REPLY = 200;

export function printable(text: string): string {
  const clean = text.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  return Array.from(clean).slice(0, MAX_REPLY).join("");
}
