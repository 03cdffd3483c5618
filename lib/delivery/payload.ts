/** Why a message is sent. The order of sending follows from it (R72). */
export const PRIORITY = {
  verification: 30,
  password_reset: 30,
  invitation: 20,
  test: 20,
  notice: 10,
} as const;

export type MessageKind = keyof typeof PRIORITY;

/** What happened to a contact point, as a notice tells it (R20). */
export type NoticeEvent = "added" | "changed" | "verified" | "deleted";

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
);
