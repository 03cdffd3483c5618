import { getTranslations } from "next-intl/server";
import type { MessageDto } from "@/lib/services/messages/dto";

/** The words of the panel for one kind of challenge, made on the server: the browser has no translator. */
export async function panelLabels(kind: "link_and_code" | "code" | "confirm", attemptsMax: number) {
  const [t, shared] = await Promise.all([getTranslations("contactPoints.verification"), getTranslations("messages")]);
  return {
    title: t("title"),
    intro: t(`intro.${kind}`, { address: "{address}" }),
    latest: kind === "confirm" ? "" : t("latest"),
    code: t("code"),
    submit: t("submit"),
    resend: kind === "confirm" ? t("sendAgainInbox") : t("sendAgain"),
    resendIn: t("sendAgainIn", { time: "{time}" }),
    resendReady: t("sendAgainReady"),
    expiresIn: t("expiresIn", { time: "{time}" }),
    expired: t("ended"),
    none: t("none"),
    send: t("send"),
    attempts: Array.from({ length: attemptsMax + 1 }, (_, count) => t("attemptsLeft", { count })),
    verified: t("done"),
    locked: t("locked"),
    openInbox: t("openInbox"),
    states: await messageStateLabels(),
    reasons: await messageReasonLabels(),
    reply: shared("reply", { reply: "{reply}" }),
    resent: t("resent"),
  };
}

export type PanelLabels = Awaited<ReturnType<typeof panelLabels>>;

const STATES = ["queued", "sending", "sent", "refused", "unknown", "cancelled", "expired"] as const;

export async function messageStateLabels(): Promise<Record<MessageDto["state"], string>> {
  const t = await getTranslations("messages");
  return Object.fromEntries(STATES.map((state) => [state, t(`state.${state}`)])) as Record<MessageDto["state"], string>;
}

const REASONS = [
  "dns_failed",
  "refused_by_policy",
  "connect_failed",
  "tls_failed",
  "auth_failed",
  "sender_rejected",
  "recipient_rejected",
  "smtputf8_missing",
  "temporary",
  "timeout",
  "unknown_outcome",
  "rejected",
  "unreadable",
  "sender_waiting",
  "sender_busy",
  "opted_out",
] as const;

export async function messageReasonLabels(): Promise<Record<string, string>> {
  const t = await getTranslations("messages");
  return Object.fromEntries(REASONS.map((reason) => [reason, t(`reason.${reason}`)]));
}
