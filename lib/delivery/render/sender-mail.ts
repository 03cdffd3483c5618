import type { SenderFailure } from "@/lib/delivery/payload";
import { button, type Draft, note, paragraph } from "@/lib/delivery/render/blocks";
import { describeDuration } from "@/lib/delivery/render/words";
import type { Translate } from "@/lib/i18n/translator";

export type SenderVerificationData = { institution: string; sender: string; code: string; expiresAt: Date; validMinutes: number };
export type SenderAlertData = {
  institution: string;
  sender: string;
  reason: SenderFailure;
  /** What the server said, if it said anything. */
  reply: string | null;
  at: Date;
  link: string;
};

type When = (instant: Date) => string;

export function writeSenderVerification(t: Translate, data: SenderVerificationData, when: When): Draft {
  const { institution, sender, code, expiresAt } = data;
  const duration = describeDuration(t, data.validMinutes);
  return {
    subject: t("senderVerification.subject", { sender }),
    preheader: t("senderVerification.preheader", { duration }),
    heading: t("senderVerification.heading"),
    blocks: [
      paragraph(t("senderVerification.intro", { sender, institution })),
      { kind: "code", label: t("senderVerification.codeLabel"), code },
      note(t("senderVerification.expires", { duration, when: when(expiresAt) })),
      note(t("senderVerification.latest")),
      note(t("senderVerification.notYou")),
    ],
    footer: t("footer.institution", { institution }),
  };
}

export function writeSenderAlert(t: Translate, data: SenderAlertData, when: When): Draft {
  const { institution, sender, reply } = data;
  const reason = t(`senderAlertReason.${data.reason}`);
  return {
    subject: t("senderAlert.subject", { institution, sender }),
    preheader: reason,
    heading: t("senderAlert.heading"),
    blocks: [
      paragraph(t("senderAlert.intro", { institution, sender })),
      {
        kind: "facts",
        rows: [
          [t("senderAlert.reason"), reason],
          ...(reply === null ? [] : [[t("senderAlert.reply"), reply] as const]),
          [t("senderAlert.when"), when(data.at)],
        ],
      },
      button(t("senderAlert.button"), data.link),
    ],
    footer: t("footer.institution", { institution }),
  };
}
