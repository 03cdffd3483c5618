import type { Payload } from "@/lib/delivery/payload";
import { type RenderedMail, renderMail } from "@/lib/delivery/render/mail";
import { renderText } from "@/lib/delivery/render/text";
import { env } from "@/lib/env";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";

/** One message as mail, in the language it was asked for in. */
export function mailFor(payload: Payload, language: string): RenderedMail {
  const locale = isLocale(language) ? language : DEFAULT_LOCALE;
  const { to: address, institutionName: institution } = payload;
  switch (payload.kind) {
    case "verification":
      return renderMail("verify", locale, { institution, address, link: payload.link, code: payload.code, ...lifetime(payload) });
    case "test":
      return renderMail("test", locale, { institution, address, label: payload.label, sentAt: new Date(payload.at) });
    case "notice":
      return renderMail("notice", locale, {
        institution,
        event: payload.event,
        type: payload.contactPointType,
        maskedAddress: payload.maskedAddress,
        at: new Date(payload.at),
        link: `${env().appOrigin}/contact-points`,
      });
    case "invitation":
      return renderMail("invitation", locale, {
        institution,
        inviter: payload.inviterName,
        role: payload.role,
        link: payload.link,
        ...lifetime(payload),
      });
    case "password_reset":
      return renderMail("password_reset", locale, { address, link: payload.link, ...lifetime(payload) });
    case "sender_verification":
      return renderMail("sender_verification", locale, {
        institution,
        sender: payload.senderName,
        code: payload.code,
        ...lifetime(payload),
      });
    case "sender_alert": {
      const { senderName, reason, reply, link, at } = payload;
      return renderMail("sender_alert", locale, { institution, sender: senderName, reason, reply, link, at: new Date(at) });
    }
    case "domain_alert": {
      const { domain, senders, link, at } = payload;
      return renderMail("domain_alert", locale, { institution, domain, senders, link, at: new Date(at) });
    }
    case "budget_alert":
      return renderMail("budget_alert", locale, { institution, percent: payload.percent, link: payload.link });
  }
}

/** One message as a text, or null for the kinds that go by mail alone. */
export function textFor(payload: Payload, language: string): string | null {
  const locale = isLocale(language) ? language : DEFAULT_LOCALE;
  const institution = payload.institutionName;
  switch (payload.kind) {
    case "verification":
    case "sender_verification":
      return renderText("verify", locale, {
        institution,
        code: payload.code,
        host: new URL(env().appOrigin).hostname,
        validMinutes: payload.validMinutes,
      });
    case "test":
      return renderText("test", locale, { institution });
    case "notice":
      return renderText("notice", locale, { institution, event: payload.event, maskedAddress: payload.maskedAddress });
    default:
      return null;
  }
}

function lifetime(payload: { expiresAt: string; validMinutes: number }) {
  return { expiresAt: new Date(payload.expiresAt), validMinutes: payload.validMinutes };
}
