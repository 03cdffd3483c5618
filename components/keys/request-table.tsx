import { useLocale, useTranslations } from "next-intl";
import { Fragment } from "react";
import { Status, type Tone } from "@/components/ui/badge";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { ApiRequestDto } from "@/lib/services/api-requests/internal";

/** What a credential asked for, without bodies and without the ids of the path. */
export function RequestTable({ requests }: { requests: readonly ApiRequestDto[] }) {
  const t = useTranslations("keys");
  const columns = [
    { label: t("requests.request") },
    { label: t("requests.status") },
    { label: t("requests.duration"), align: "end" as const },
    { label: t("requests.at") },
    { label: t("requests.id") },
  ];
  return (
    <Table label={t("requests.title")} columns={columns}>
      {requests.map((request) => (
        <RequestRow key={request.id} request={request} />
      ))}
    </Table>
  );
}

function RequestRow({ request: { at, dialect, method, route, status, ms, requestId, error } }: { request: ApiRequestDto }) {
  const t = useTranslations("keys");
  const locale = useLocale();
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-96">
        <code className="break-words font-mono text-sm">
          {method} <Route pattern={route} />
        </code>
        <span className="block text-ink-muted text-xs">{t.has(`dialect.${dialect}`) ? t(`dialect.${dialect}`) : dialect}</span>
      </HeadCell>
      <Cell label={t("requests.status")} wrap>
        <Status tone={toneOf(status)}>{status}</Status>
        {error !== null && <code className="block break-words font-mono text-ink-muted text-xs">{error}</code>}
      </Cell>
      <Cell label={t("requests.duration")} align="end">
        {t("requests.ms", { ms })}
      </Cell>
      <Cell label={t("requests.at")}>
        <DateTime date={at} locale={locale} />
      </Cell>
      <Cell label={t("requests.id")}>
        <code className="break-all font-mono text-xs">{requestId}</code>
      </Cell>
    </Row>
  );
}

/** Breaks after its slashes rather than within a word. */
function Route({ pattern }: { pattern: string }) {
  const [first = "", ...rest] = pattern.split(/(?<=.\/)/);
  return (
    <>
      {first}
      {rest.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which never change places
        <Fragment key={index}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}

function toneOf(status: number): Tone {
  return status < 400 ? "good" : status < 500 ? "warn" : "bad";
}
