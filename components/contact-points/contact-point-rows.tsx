"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EnabledSwitch } from "@/components/contact-points/enabled-switch";
import { STANDING_TONE, type Standing, standingOf } from "@/components/contact-points/standing";
import { TypeIcon } from "@/components/contact-points/type-icon";
import { Status } from "@/components/ui/badge";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { FormAction } from "@/lib/actions/action-state";
import type { Page } from "@/lib/core/page-type";
import { contactPointList } from "@/lib/queries/contact-points";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";

export type RowLabels = {
  table: string;
  name: string;
  address: string;
  state: string;
  enabled: string;
  /** With {label} where the contact point's own label goes. */
  receive: string;
  unknownType: string;
  types: Record<string, string>;
  standing: Record<Standing, string>;
  /** With {address}. */
  changingTo: string;
};

type Props = {
  query: string;
  initial: Page<ContactPointDto>;
  labels: RowLabels;
  action: FormAction;
};

/** The rows of a list, drawn by the server and kept fresh by the browser. */
export function ContactPointRows({ query, initial, labels, action }: Props) {
  const { data } = useQuery({ ...contactPointList(query), initialData: initial });
  return (
    <Table
      label={labels.table}
      columns={[{ label: labels.name }, { label: labels.address }, { label: labels.state }, { label: labels.enabled, align: "end" }]}
    >
      {data.items.map((point) => (
        <ContactPointRow key={point.id} point={point} labels={labels} action={action} />
      ))}
    </Table>
  );
}

function ContactPointRow({ point, labels, action }: { point: ContactPointDto; labels: RowLabels; action: FormAction }) {
  const standing = standingOf(point);
  const typeName = labels.types[point.type] ?? labels.unknownType;
  return (
    <Row>
      <HeadCell>
        <Link href={`/contact-points/${point.id}`} className="group flex min-w-0 items-center gap-3 rounded-md">
          <span className="grid size-8 shrink-0 place-items-center rounded-md bg-sunken text-ink-muted">
            <TypeIcon type={point.type} className="size-4" />
          </span>
          <span className="min-w-0">
            <span className="block truncate font-medium text-ink group-hover:underline">{point.label}</span>
            <span className="block text-ink-muted text-sm">{typeName}</span>
          </span>
        </Link>
      </HeadCell>
      <Cell className="max-w-full break-words pl-11 text-ink-muted sm:max-w-72 sm:pl-4">
        {point.address || typeName}
        {point.pendingAddress && (
          <span className="block text-sm text-warn">{labels.changingTo.replace("{address}", point.pendingAddress)}</span>
        )}
      </Cell>
      <Cell className="mt-1 pl-11 sm:mt-0 sm:pl-4">
        <Status tone={STANDING_TONE[standing]}>{labels.standing[standing]}</Status>
      </Cell>
      <Cell corner align="end">
        <span className="inline-flex">
          <EnabledSwitch id={point.id} enabled={point.enabled} label={labels.receive.replace("{label}", point.label)} action={action} />
        </span>
      </Cell>
    </Row>
  );
}
