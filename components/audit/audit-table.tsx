import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { AuditChanges, AuditField } from "@/components/audit/audit-value";
import { Status, type Tone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { AuditEventDto } from "@/lib/services/audit/dto";

const TONES: Record<string, Tone> = { success: "good", refused: "warn", failed: "bad" };
const linkClass = "rounded-sm underline decoration-line-strong underline-offset-2 hover:decoration-current";

/** The lines of the audit log; what changed stands folded below each. */
export function AuditTable({ events }: { events: readonly AuditEventDto[] }) {
  const t = useTranslations("audit");
  const columns = [{ label: t("list.action") }, { label: t("list.who") }, { label: t("list.outcome") }, { label: t("list.at") }];
  return (
    <Table label={t("title")} columns={columns}>
      {events.map((event) => (
        <AuditRow key={event.id} event={event} />
      ))}
    </Table>
  );
}

function AuditRow({ event }: { event: AuditEventDto }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  return (
    <Row>
      <HeadCell className="pr-0 sm:max-w-md sm:align-top! @2xl:min-w-48 @4xl:min-w-96">
        <AuditDetails event={event} />
      </HeadCell>
      <Cell label={t("list.who")} wrap className="sm:align-top! @2xl:min-w-40">
        <Who actor={event.actor} />
        {event.key !== null && (
          <span className="block text-ink-muted text-xs">
            <KeyName of={event.key} />
          </span>
        )}
      </Cell>
      <Cell label={t("list.outcome")} className="sm:align-top!">
        <Status tone={TONES[event.outcome] ?? "neutral"}>
          {t.has(`outcome.${event.outcome}`) ? t(`outcome.${event.outcome}`) : event.outcome}
        </Status>
      </Cell>
      <Cell label={t("list.at")} className="whitespace-nowrap sm:align-top!">
        <DateTime date={event.at} locale={locale} />
      </Cell>
    </Row>
  );
}

function AuditDetails({ event }: { event: AuditEventDto }) {
  const t = useTranslations("audit");
  const { object, subscriberId } = event;
  return (
    <details>
      <summary className="w-fit cursor-pointer rounded-sm">
        <span className="font-medium">{useActionWords(event.action)}</span>
      </summary>
      <dl className="mt-2 grid gap-1 border-line border-l-2 pl-3 text-sm">
        <AuditChanges before={event.before} after={event.after} />
        <AuditField label={t("detail.object")}>
          {t.has(`object.${object.type}`) ? t(`object.${object.type}`) : object.type}{" "}
          {object.id !== null && (
            <Link href={`/audit?object=${encodeURIComponent(object.id)}`} title={t("detail.allOfObject")} className={linkClass}>
              <code className="break-all font-mono text-xs">{object.id}</code>
            </Link>
          )}
        </AuditField>
        {subscriberId !== null && (
          <AuditField label={t("object.subscriber")}>
            <Link href={`/subscribers/${subscriberId}`} className={linkClass}>
              <code className="break-all font-mono text-xs">{subscriberId}</code>
            </Link>
          </AuditField>
        )}
        {event.key !== null && (
          <AuditField label={t("detail.key")}>
            <Link href={`/audit?key=${event.key.id}`} title={t("detail.allOfKey")} className={linkClass}>
              <KeyName of={event.key} />
            </Link>
          </AuditField>
        )}
        {event.ip !== null && <AuditField label={t("detail.ip")}>{event.ip}</AuditField>}
        {event.clientHash !== null && <AuditField label={t("detail.device")}>{event.clientHash}</AuditField>}
        {event.requestId !== null && (
          <AuditField label={t("detail.request")}>
            <code className="break-all font-mono text-xs">{event.requestId}</code>
          </AuditField>
        )}
      </dl>
    </details>
  );
}

/** One that is no longer on the list keeps its plain name. */
function useActionWords(action: string): string {
  const t = useTranslations("audit");
  const key = action.replaceAll(".", "_");
  return t.has(`action.${key}`) ? t(`action.${key}`) : action;
}

function KeyName({ of: { name, outside } }: { of: NonNullable<AuditEventDto["key"]> }) {
  const t = useTranslations("audit");
  return name ?? (outside ? t("outsideToken") : t("goneCredential"));
}

function Who({ actor }: { actor: AuditEventDto["actor"] }) {
  const t = useTranslations("audit");
  if (actor.id === null) {
    return <span className="text-ink-muted">{t(`actor.${actor.kind}`)}</span>;
  }
  return (
    <Link href={`/audit?actor=${actor.id}`} title={t("detail.allOfPerson")} className={linkClass}>
      {actor.name ?? t("removedPerson", { id: actor.id.slice(0, 4) })}
    </Link>
  );
}
