import { button, type Draft, paragraph } from "@/lib/delivery/render/blocks";
import type { Translate } from "@/lib/i18n/translator";

export type DomainAlertData = {
  institution: string;
  domain: string;
  /** The names of those that write from it and are proven by nothing else. */
  senders: readonly string[];
  at: Date;
  link: string;
};

export function writeDomainAlert(t: Translate, data: DomainAlertData, when: (instant: Date) => string): Draft {
  const { institution, domain, senders, link } = data;
  const intro = t("domainAlert.intro", { institution, domain });
  return {
    subject: t("domainAlert.subject", { institution, domain }),
    preheader: intro,
    heading: t("domainAlert.heading"),
    blocks: [
      paragraph(intro),
      {
        kind: "facts",
        rows: [
          [t("domainAlert.domain"), domain],
          ...(senders.length === 0 ? [] : [[t("domainAlert.senders"), senders.join(", ")] as const]),
          [t("domainAlert.when"), when(data.at)],
        ],
      },
      paragraph(t("domainAlert.then")),
      button(t("domainAlert.button"), link),
    ],
    footer: t("footer.institution", { institution }),
  };
}
