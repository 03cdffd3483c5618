import { getLocale, getTranslations } from "next-intl/server";
import { Section } from "@/components/ui/card";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { MessageLine } from "@/components/verification/message-line";
import { messageReasonLabels, messageStateLabels } from "@/components/verification/panel-labels";
import type { Context } from "@/lib/auth/actor";
import { getContactPointHistory, type HistoryEntry } from "@/lib/services/contact-points/history";

/** Who proved or changed what, when and from where, and the last messages. */
export async function History({ ctx, contactPointId }: { ctx: Context; contactPointId: string }) {
  const { entries, messages } = await getContactPointHistory(ctx, { contactPointId });
  const [t, shared, locale, states, reasons] = await Promise.all([
    getTranslations("contactPoints.history"),
    getTranslations("messages"),
    getLocale(),
    messageStateLabels(),
    messageReasonLabels(),
  ]);
  return (
    <>
      <Section title={t("messages")} padded={messages.length === 0}>
        {messages.length === 0 ? (
          <p className="text-ink-muted">{t("noMessages")}</p>
        ) : (
          <Table label={t("messages")} columns={[{ label: t("kind") }, { label: t("state") }, { label: t("at"), align: "end" }]}>
            {messages.map((message) => (
              <Row key={message.id}>
                <HeadCell>{shared(`kind.${message.kind}`)}</HeadCell>
                <Cell>
                  <MessageLine message={message} states={states} reasons={reasons} reply={shared("reply", { reply: "{reply}" })} />
                </Cell>
                <Cell align="end" className="text-ink-muted text-sm">
                  <DateTime date={message.createdAt} locale={locale} />
                </Cell>
              </Row>
            ))}
          </Table>
        )}
      </Section>
      <Section title={t("title")} padded={false}>
        <Table label={t("title")} columns={[{ label: t("what") }, { label: t("who") }, { label: t("at"), align: "end" }]}>
          {entries.map((entry) => (
            <Row key={entry.id}>
              <HeadCell>
                {t(`action.${entry.action.slice("contact_point.".length)}`)}
                <Detail entry={entry} />
              </HeadCell>
              <Cell className="text-ink-muted">
                {entry.actor.kind === "member" ? entry.actor.name : t(`actor.${entry.actor.kind}`)}
                {entry.ip && <span className="block text-sm">{t("from", { ip: entry.ip })}</span>}
              </Cell>
              <Cell align="end" className="text-ink-muted text-sm">
                <DateTime date={entry.at} locale={locale} />
              </Cell>
            </Row>
          ))}
        </Table>
      </Section>
    </>
  );
}

async function Detail({ entry }: { entry: HistoryEntry }) {
  const t = await getTranslations("contactPoints.history");
  const { address, method } = entry.detail;
  const said = [address, method && t(`method.${method}`)].filter(Boolean).join(" · ");
  return said ? <span className="block break-words text-ink-muted text-sm">{said}</span> : null;
}
