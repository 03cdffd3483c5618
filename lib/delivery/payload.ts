/** Why a message is sent. The order of sending follows from it (R72). */
export const PRIORITY = {
  verification: 30,
  sender_verification: 30,
  password_reset: 30,
  invitation: 20,
  test: 20,
  notice: 10,
  sender_alert: 10,
  domain_alert: 10,
  budget_alert: 10,
} as const;

export type MessageKind = keyof typeof PRIORITY;

/** What happened to a contact point, as a notice tells it (R20). */
export type NoticeEvent = "added" | "changed" | "verified" | "deleted";

/** Why the worker stopped a sender (R49): refused authentication, three circuits in an hour, settings that do not open. */
export type SenderFailure = "auth_failed" | "unreachable" | "unreadable";

interface Lifetime {
  /** ISO 8601. */
  expiresAt: string;
  validMinutes: number;
}

/**
 * What the worker needs to render and send one message. It stands sealed in the message row
 * until the message is done, and nowhere else (R8).
 */
export type Payload = { to: string; institutionName: string } & (
  | ({ kind: "verification"; code: string; link: string } & Lifetime)
  | { kind: "test"; label: string; at: string }
  | { kind: "notice"; event: NoticeEvent; contactPointType: "email" | "sms" | "in_app"; maskedAddress: string; at: string }
  | ({ kind: "invitation"; inviterName: string; role: "owner" | "admin" | "member"; link: string } & Lifetime)
  | ({ kind: "password_reset"; link: string } & Lifetime)
  | ({ kind: "sender_verification"; senderName: string; code: string } & Lifetime)
  | { kind: "sender_alert"; senderName: string; reason: SenderFailure; reply: string | null; link: string; at: string }
  | { kind: "domain_alert"; domain: string; senders: string[]; link: string; at: string }
  | { kind: "budget_alert"; percent: number; link: string }
);
