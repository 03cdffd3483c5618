import { Plus, Send, Star } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Badge, Status } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { FormAction } from "@/lib/actions/action-state";
import type { Page } from "@/lib/core/page-type";
import type { SenderDto } from "@/lib/services/senders/dto";
import { SenderSwitch } from "./enabled-switch";
import { HealthChart } from "./health-chart";
import { providerName } from "./provider-name";
import { SenderIcon } from "./sender-icon";
import { STANDING_TONE, standingOf } from "./standing";

export type ListSearch = { q?: string; type?: string; state?: string; sort?: string; after?: string; before?: string };

type Props = {
  page: Page<SenderDto>;
  search: ListSearch;
  states: readonly string[];
  sorts: readonly string[];
  now: Date;
  switchAction: FormAction;
};

/** Senders with search, filters and order, all of them in the URL. */
export async function SenderList({ page, search, states, sorts, now, switchAction }: Props) {
  const t = await getTranslations("senders");
  const filtered = Boolean(search.q || search.type || search.state);
  if (page.items.length === 0 && !filtered && !search.after && !search.before) {
    return (
      <Card>
        <EmptyState
          icon={<Send />}
          title={t("empty.title")}
          description={t("empty.description")}
          actions={
            <ButtonLink variant="primary" href="/senders/new" icon={<Plus aria-hidden />}>
              {t("add")}
            </ButtonLink>
          }
        />
      </Card>
    );
  }
  const href = (cursor: { after?: string; before?: string }) => `/senders?${queryOf({ ...search, after: "", before: "", ...cursor })}`;
  const columns = [
    { label: t("list.name") },
    { label: t("list.route") },
    { label: t("list.state") },
    { label: t("list.fortnight") },
    { label: t("list.enabled"), align: "end" as const },
  ];
  return (
    <Card className="overflow-clip">
      <Filters search={search} states={states} sorts={sorts} />
      {page.items.length === 0 ? (
        <EmptyState
          title={t("noMatch.title")}
          description={t("noMatch.description")}
          actions={<ButtonLink href="/senders">{t("noMatch.clear")}</ButtonLink>}
        />
      ) : (
        <Table label={t("title")} columns={columns}>
          {page.items.map((sender) => (
            <SenderRow key={sender.id} sender={sender} now={now} switchAction={switchAction} />
          ))}
        </Table>
      )}
      <Pagination
        previousHref={page.previous ? href({ before: page.previous }) : undefined}
        nextHref={page.next ? href({ after: page.next }) : undefined}
      />
    </Card>
  );
}

async function Filters({ search, states, sorts }: Pick<Props, "search" | "states" | "sorts">) {
  const t = await getTranslations("senders");
  return (
    <FilterBar label={t("filter.label")} applyLabel={t("filter.apply")}>
      <SearchField label={t("filter.search")} defaultValue={search.q} className="w-full sm:w-64" />
      <Select
        name="type"
        aria-label={t("filter.type")}
        defaultValue={search.type ?? ""}
        placeholder={t("filter.anyType")}
        options={(["email", "sms", "push", "chat"] as const).map((value) => ({ value, label: t(`type.${value}`) }))}
      />
      <Select
        name="state"
        aria-label={t("filter.state")}
        defaultValue={search.state ?? ""}
        placeholder={t("filter.anyState")}
        options={states.map((value) => ({ value, label: t(`filter.states.${value}`) }))}
      />
      <Select
        name="sort"
        aria-label={t("filter.sort")}
        defaultValue={search.sort ?? sorts[0]}
        options={sorts.map((value) => ({ value, label: t(`filter.sorts.${value}`) }))}
      />
    </FilterBar>
  );
}

async function SenderRow({ sender, now, switchAction }: { sender: SenderDto; now: Date; switchAction: FormAction }) {
  const [t, locale, provider] = await Promise.all([getTranslations("senders"), getLocale(), providerName(sender.provider)]);
  const standing = standingOf(sender);
  const keeps = sender.type === "push" || sender.type === "chat";
  const { failureRun, lastSuccessAt, days } = sender.health;
  return (
    <Row>
      <HeadCell>
        <Link href={`/senders/${sender.id}`} className="group flex min-w-0 items-center gap-3 rounded-md">
          <span className="grid size-8 shrink-0 place-items-center rounded-md bg-sunken text-ink-muted">
            <SenderIcon provider={sender.provider} className="size-4" />
          </span>
          <span className="min-w-0">
            <span className="block truncate font-medium text-ink group-hover:underline @2xl:max-w-28 @4xl:max-w-44">{sender.name}</span>
            <span className="flex flex-wrap items-center gap-x-2 text-ink-muted text-sm">
              {provider}
              {sender.isDefault && (
                <Badge tone="info" icon={<Star aria-hidden />}>
                  {t("default.badge")}
                </Badge>
              )}
            </span>
          </span>
        </Link>
      </HeadCell>
      <Cell className="max-w-full break-words pl-11 @2xl:max-w-36 @2xl:pl-4 @4xl:max-w-52">
        <span className="block truncate">{sender.fromAddress ?? sender.fromNumber}</span>
        <span className="block truncate text-ink-muted text-sm">{sender.destination}</span>
      </Cell>
      <Cell wrap className="mt-1 pl-11 @2xl:mt-0 @2xl:min-w-32 @2xl:pl-4">
        <Status tone={STANDING_TONE[standing]}>
          {t(`standing.${standing}`)}
          <span className="block text-ink-muted text-sm">
            {failureRun > 0 ? t("list.failureRun", { count: failureRun }) : null}
            {failureRun === 0 && lastSuccessAt && (
              <>
                {t("list.lastSuccess")} <RelativeTime date={lastSuccessAt} now={now} locale={locale} />
              </>
            )}
            {failureRun === 0 && !lastSuccessAt && (keeps ? t("list.kept") : t("list.neverSent"))}
          </span>
        </Status>
      </Cell>
      <Cell className="mt-2 pl-11 @2xl:mt-0 @2xl:pl-4">{!keeps && <HealthChart days={days} now={now} />}</Cell>
      <Cell corner align="end">
        {sender.sending || sender.proven ? (
          <span className="inline-flex">
            <SenderSwitch
              senderId={sender.id}
              enabled={sender.sending}
              label={t("switch.of", { name: sender.name })}
              action={switchAction}
            />
          </span>
        ) : (
          <ButtonLink size="sm" href={`/senders/${sender.id}#proof`} aria-label={t("list.verifyOf", { name: sender.name })}>
            {t("list.verify")}
          </ButtonLink>
        )}
      </Cell>
    </Row>
  );
}

function queryOf(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value) params.set(name, value);
  }
  return params.toString();
}
