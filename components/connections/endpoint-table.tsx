import Link from "next/link";
import { useTranslations } from "next-intl";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { EndpointDto } from "@/lib/services/endpoints/dto";

export function EndpointTable({ endpoints }: { endpoints: readonly EndpointDto[] }) {
  const t = useTranslations("connections");
  const columns = [
    { label: t("endpoint.address") },
    { label: t("endpoint.type") },
    { label: t("subscriber") },
    { label: t("endpoint.connection") },
  ];
  return (
    <Table label={t("endpoint.title")} columns={columns}>
      {endpoints.map((endpoint) => (
        <EndpointRow key={endpoint.id} endpoint={endpoint} />
      ))}
    </Table>
  );
}

function EndpointRow({ endpoint: row }: { endpoint: EndpointDto }) {
  const t = useTranslations("connections");
  const { id, identifier, endpoint, type, subscriber, connection } = row;
  return (
    <Row>
      <HeadCell className="max-w-full sm:max-w-80">
        <Link href={`/endpoints/${id}`} className="break-all rounded-sm font-medium underline-offset-2 hover:underline">
          {Object.values(endpoint).join(" · ")}
        </Link>
        <span className="block break-all font-mono text-ink-muted text-sm">{identifier}</span>
      </HeadCell>
      <Cell label={t("endpoint.type")}>{t(`endpoint.types.${type}`)}</Cell>
      <Cell label={t("subscriber")} wrap>
        {subscriber && (
          <Link href={`/subscribers/${subscriber.id}`} className="break-all rounded-sm underline-offset-2 hover:underline">
            {subscriber.name ?? subscriber.externalId}
          </Link>
        )}
      </Cell>
      <Cell label={t("endpoint.connection")} wrap>
        {connection ? (
          <Link href={`/connections/${connection.id}`} className="break-words rounded-sm underline-offset-2 hover:underline">
            {connection.workspace.name ?? connection.workspace.id}
          </Link>
        ) : (
          t("endpoint.noConnection")
        )}
      </Cell>
    </Row>
  );
}
