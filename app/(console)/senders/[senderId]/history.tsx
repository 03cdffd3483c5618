import { getLocale, getTranslations } from "next-intl/server";
import { AuditChanges } from "@/components/audit/audit-value";
import { Status } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { MessageLine } from "@/components/verification/message-line";
import { messageReasonLabels, messageStateLabels } from "@/components/verification/panel-labels";
import type { Context } from "@/lib/auth/actor";
import { getSenderHistory, type SenderHistory, type SenderHistoryEntry } from "@/lib/services/senders/history";

/** The last messages, and who changed what; secrets are only ever said to have changed. */
export async function History({ ctx, senderId, sends = true }: { ctx: Context; senderId: string; sends?: boolean }) {
  const { entries, messages } = await getSenderHistory(ctx, { senderId });
  return (
    <>
      {sends && <Messages messages={messages} />}
      <Changes entries={entries} />
    </>
  );
}

async function Messages({ messages }: { messages: SenderHistory["messages"] }) {
  const [t, shared, locale, states, reasons] = await Promise.all([
    getTranslations("senders.history"),
    getTranslations("messages"),
    getLocale(),
    messageStateLabels(),
    messageReasonLabels(),
  ]);
  if (messages.length === 0) {
    return (
      <Section title={t("messages")}>
        <p className="text-ink-muted">{t("noMessages")}</p>
      </Section>
    );
  }
  const columns = [{ label: t("kind") }, { label: t("to") }, { label: t("state") }, { label: t("at"), align: "end" as const }];
  return (
    <Section title={t("messages")} padded={false}>
      <Table label={t("messages")} columns={columns}>
        {messages.map((message) => (
          <Row key={message.id}>
            <HeadCell>{shared(`kind.${message.kind}`)}</HeadCell>
            <Cell className="text-ink-muted">{message.maskedAddress}</Cell>
            <Cell wrap>
              <MessageLine message={message} states={states} reasons={reasons} reply={shared("reply", { reply: "{reply}" })} />
            </Cell>
            <Cell align="end" className="text-ink-muted text-sm">
              <DateTime date={message.createdAt} locale={locale} />
            </Cell>
          </Row>
        ))}
      </Table>
    </Section>
  );
}

async function Changes({ entries }: { entries: readonly SenderHistoryEntry[] }) {
  const [t, audit, locale] = await Promise.all([getTranslations("senders.history"), getTranslations("audit"), getLocale()]);
  const said = (action: string) => {
    const key = `action.${action.replaceAll(".", "_")}`;
    return audit.has(key) ? audit(key) : action;
  };
  return (
    <Section title={t("title")} padded={false}>
      <Table label={t("title")} columns={[{ label: t("what") }, { label: t("who") }, { label: t("at"), align: "end" }]}>
        {entries.map((entry) => (
          <Row key={entry.id}>
            <HeadCell className="pr-0 @2xl:align-top!">
              <details>
                <summary className="w-fit cursor-pointer rounded-sm">
                  {entry.outcome === "success" ? said(entry.action) : <Status tone="warn">{said(entry.action)}</Status>}
                </summary>
                <dl className="mt-2 grid gap-1 border-line border-l-2 pl-3 text-sm">
                  <AuditChanges before={entry.before} after={entry.after} />
                </dl>
              </details>
            </HeadCell>
            <Cell className="text-ink-muted @2xl:align-top!">
              {entry.actor.kind === "member" ? entry.actor.name : t(`actor.${entry.actor.kind}`)}
            </Cell>
            <Cell align="end" className="text-ink-muted text-sm @2xl:align-top!">
              <DateTime date={entry.at} locale={locale} />
            </Cell>
          </Row>
        ))}
      </Table>
    </Section>
  );
}
