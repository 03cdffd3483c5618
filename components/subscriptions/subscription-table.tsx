import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Status } from "@/components/ui/badge";
import { Section } from "@/components/ui/card";
import { Pagination } from "@/components/ui/pagination";
import { DateTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { FormAction } from "@/lib/actions/action-state";
import type { Page } from "@/lib/core/page-type";
import type { SubscriptionDto } from "@/lib/services/subscriptions/dto";
import { DeleteSubscription } from "./delete-button";

type Props = {
  page: Page<SubscriptionDto>;
  /** Whose they are, or where: the other one is what each row is called by. */
  by: "subscriber" | "sender";
  /** The address of another page of them. */
  href: (cursor: { after?: string; before?: string }) => string;
  remove: FormAction | null;
};

/** Subscriptions with whom or what they belong to; where they go to is masked. */
export async function SubscriptionSection({ page, by, href, remove }: Props) {
  const t = await getTranslations("subscriptions");
  const description = by === "subscriber" ? t("ofSender") : t("ofSubscriber");
  if (page.items.length === 0) {
    return (
      <Section title={t("title")} description={description}>
        <p className="text-ink-muted">{t("empty")}</p>
      </Section>
    );
  }
  const columns = [
    { label: by === "subscriber" ? t("list.subscriber") : t("list.sender") },
    { label: t("list.address") },
    { label: t("list.state") },
    { label: t("list.since") },
    ...(remove ? [{ label: t("delete.trigger"), hidden: true, align: "end" as const }] : []),
  ];
  return (
    <Section title={t("title")} description={description} padded={false}>
      <Table label={t("title")} columns={columns}>
        {page.items.map((subscription) => (
          <SubscriptionRow key={subscription.id} subscription={subscription} by={by} remove={remove} />
        ))}
      </Table>
      <Pagination
        previousHref={page.previous ? href({ before: page.previous }) : undefined}
        nextHref={page.next ? href({ after: page.next }) : undefined}
      />
    </Section>
  );
}

type RowProps = Pick<Props, "by" | "remove"> & { subscription: SubscriptionDto };

async function SubscriptionRow({ subscription, by, remove }: RowProps) {
  const [t, locale] = await Promise.all([getTranslations("subscriptions"), getLocale()]);
  const { id, subscriber, sender, identifier, enabled, createdAt } = subscription;
  const owner =
    by === "subscriber"
      ? { href: `/subscribers/${subscriber.id}`, name: subscriber.name ?? subscriber.externalId }
      : { href: `/senders/${sender.id}`, name: sender.name };
  return (
    <Row>
      <HeadCell className="max-w-full @2xl:max-w-60 @4xl:min-w-36">
        <Link href={owner.href} className="wrap-anywhere rounded-sm font-medium hover:underline">
          {owner.name}
        </Link>
      </HeadCell>
      <Cell label={t("list.address")} wrap className="@4xl:min-w-56">
        <span className="break-all font-mono text-sm">{identifier}</span>
      </Cell>
      <Cell wrap className="@4xl:min-w-36">
        {enabled ? (
          <Status tone="good">
            <span className="whitespace-nowrap">{t("state.enabled")}</span>
          </Status>
        ) : (
          <Status tone="neutral">
            {t("state.disabled")}
            <span className="block text-ink-muted text-sm">{t("state.disabledHint")}</span>
          </Status>
        )}
      </Cell>
      <Cell label={t("list.since")} wrap>
        <DateTime date={createdAt} locale={locale} />
      </Cell>
      {remove && (
        <Cell align="end" corner>
          <DeleteSubscription
            subscriptionId={id}
            action={remove}
            labels={{
              trigger: t("delete.trigger"),
              title: t("delete.title"),
              description: t("delete.description", { identifier }),
              confirm: t("delete.confirm"),
              cancel: t("delete.cancel"),
              close: t("delete.close"),
              deleted: t("delete.deleted"),
            }}
          />
        </Cell>
      )}
    </Row>
  );
}
