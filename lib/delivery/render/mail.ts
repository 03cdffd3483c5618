import type { NoticeEvent } from "@/lib/delivery/payload";
import { type Block, button, type Draft, note, paragraph } from "@/lib/delivery/render/blocks";
import { type DomainAlertData, writeDomainAlert } from "@/lib/delivery/render/domain-mail";
import { renderHtml } from "@/lib/delivery/render/html";
import { renderPlain } from "@/lib/delivery/render/plain";
import {
  type SenderAlertData,
  type SenderVerificationData,
  writeSenderAlert,
  writeSenderVerification,
} from "@/lib/delivery/render/sender-mail";
import { describeDuration, describeInstant, mailWords } from "@/lib/delivery/render/words";
import type { Locale } from "@/lib/i18n/locales";
import type { Translate } from "@/lib/i18n/translator";

type Lifetime = { expiresAt: Date; validMinutes: number };
/** Times are told in UTC unless the reader's zone is known. */
type Common = { timeZone?: string };

export type MailData = {
  verify: Common & Lifetime & { institution: string; address: string; link: string; code: string };
  test: Common & { institution: string; label: string; address: string; sentAt: Date };
  notice: Common & {
    institution: string;
    event: NoticeEvent;
    type: "email" | "sms" | "in_app";
    /** Masked: this mail goes to another address of the same person. */
    maskedAddress: string;
    at: Date;
    /** Where the person can look, if they can sign in. */
    link?: string;
  };
  invitation: Common & Lifetime & { institution: string; inviter: string; role: "owner" | "admin" | "member"; link: string };
  password_reset: Common & Lifetime & { address: string; link: string };
  sender_verification: Common & Lifetime & SenderVerificationData;
  sender_alert: Common & SenderAlertData;
  domain_alert: Common & DomainAlertData;
  budget_alert: Common & { institution: string; percent: number; link: string };
};

export type MailKind = keyof MailData;
export type RenderedMail = { subject: string; html: string; text: string };

type Writer<Kind extends MailKind> = (t: Translate, data: MailData[Kind], when: (instant: Date) => string) => Draft;

const WRITERS: { [Kind in MailKind]: Writer<Kind> } = {
  verify: writeVerify,
  test: writeTest,
  notice: writeNotice,
  invitation: writeInvitation,
  password_reset: writePasswordReset,
  sender_verification: writeSenderVerification,
  sender_alert: writeSenderAlert,
  domain_alert: writeDomainAlert,
  budget_alert: writeBudgetAlert,
};

export function renderMail<Kind extends MailKind>(kind: Kind, locale: Locale, data: MailData[Kind]): RenderedMail {
  const when = (instant: Date) => describeInstant(locale, instant, data.timeZone ?? "UTC");
  const write: Writer<Kind> = WRITERS[kind];
  const draft = write(mailWords(locale), data, when);
  return { subject: draft.subject, html: renderHtml(draft, locale), text: renderPlain(draft) };
}

function writeVerify(t: Translate, data: MailData["verify"], when: (instant: Date) => string): Draft {
  const { institution, address, link, code, expiresAt } = data;
  const duration = describeDuration(t, data.validMinutes);
  return {
    subject: t("verify.subject", { institution }),
    preheader: t("verify.preheader", { duration }),
    heading: t("verify.heading"),
    blocks: [
      paragraph(t("verify.intro", { institution, address })),
      button(t("verify.button"), link),
      { kind: "code", label: t("verify.codeLabel"), code },
      note(t("verify.expires", { duration, when: when(expiresAt) })),
      note(t("verify.latest")),
      note(t("verify.notYou")),
    ],
    footer: t("footer.institution", { institution }),
  };
}

function writeTest(t: Translate, data: MailData["test"], when: (instant: Date) => string): Draft {
  const { institution, label, address } = data;
  const sent = t("test.sent", { when: when(data.sentAt) });
  return {
    subject: t("test.subject", { institution }),
    preheader: sent,
    heading: t("test.heading"),
    blocks: [paragraph(t("test.intro", { institution, label, address })), paragraph(sent), note(t("test.why", { institution }))],
    footer: t("footer.institution", { institution }),
  };
}

function writeNotice(t: Translate, data: MailData["notice"], when: (instant: Date) => string): Draft {
  const { institution, event, type, maskedAddress, link } = data;
  const at = when(data.at);
  const closing: Block[] =
    link === undefined
      ? [paragraph(t("notice.notYou", { institution }))]
      : [paragraph(t("notice.notYouSignIn")), button(t("notice.button"), link)];
  return {
    subject: t(`noticeSubject.${event}`, { institution }),
    preheader: `${maskedAddress}, ${at}`,
    heading: t(`noticeHeading.${event}`),
    blocks: [
      paragraph(t("notice.intro", { institution })),
      {
        kind: "facts",
        rows: [
          [t("notice.contactPoint"), maskedAddress],
          [t("notice.type"), t(`type.${type}`)],
          [t("notice.when"), at],
        ],
      },
      ...closing,
    ],
    footer: t("footer.institution", { institution }),
  };
}

function writeInvitation(t: Translate, data: MailData["invitation"], when: (instant: Date) => string): Draft {
  const { institution, inviter, role, link } = data;
  const expires = t("invitation.expires", {
    duration: describeDuration(t, data.validMinutes),
    when: when(data.expiresAt),
  });
  return {
    subject: t("invitation.subject", { inviter, institution }),
    preheader: expires,
    heading: t("invitation.heading", { institution }),
    blocks: [
      paragraph(t("invitation.intro", { inviter, institution, role })),
      button(t("invitation.button"), link),
      note(expires),
      note(t("invitation.notYou", { inviter, institution })),
    ],
    footer: t("footer.institution", { institution }),
  };
}

function writePasswordReset(t: Translate, data: MailData["password_reset"], when: (instant: Date) => string): Draft {
  const expires = t("passwordReset.expires", {
    duration: describeDuration(t, data.validMinutes),
    when: when(data.expiresAt),
  });
  return {
    subject: t("passwordReset.subject"),
    preheader: expires,
    heading: t("passwordReset.heading"),
    blocks: [
      paragraph(t("passwordReset.intro", { address: data.address })),
      button(t("passwordReset.button"), data.link),
      note(expires),
      note(t("passwordReset.notYou")),
    ],
    footer: t("footer.app"),
  };
}

function writeBudgetAlert(t: Translate, { institution, percent, link }: MailData["budget_alert"]): Draft {
  const intro = t("budgetAlert.intro", { institution, percent });
  return {
    subject: t("budgetAlert.subject", { institution, percent }),
    preheader: intro,
    heading: t("budgetAlert.heading", { percent }),
    blocks: [paragraph(intro), paragraph(t("budgetAlert.then")), button(t("budgetAlert.button"), link)],
    footer: t("footer.institution", { institution }),
  };
}
