import { ContactRound, Plus } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ContactPointRows } from "@/components/contact-points/contact-point-rows";
import { STANDING_TONE, type Standing } from "@/components/contact-points/standing";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";
import type { FormAction } from "@/lib/actions/action-state";
import type { Page } from "@/lib/core/page-type";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";

export type ListSearch = { q?: string; type?: string; state?: string; sort?: string; after?: string; before?: string };

type Props = {
  page: Page<ContactPointDto>;
  search: ListSearch;
  /** Ids of the types, in the order in which they are offered. */
  types: readonly string[];
  states: readonly string[];
  sorts: readonly string[];
  /** Where this list stands, and the other subscriber whose list it is. */
  path: string;
  subscriberId?: string | undefined;
  addHref: string;
  switchAction: FormAction;
};

/** Contact points with search, filters and order, all of them in the URL. */
export async function ContactPointList(props: Props) {
  const { page, search, path, subscriberId, addHref, switchAction } = props;
  const t = await getTranslations("contactPoints");
  const filtered = Boolean(search.q || search.type || search.state);
  if (page.items.length === 0 && !filtered && !search.after && !search.before) {
    return (
      <Card>
        <EmptyState
          icon={<ContactRound />}
          title={t("empty.title")}
          description={subscriberId === undefined ? t("empty.description") : t("empty.othersDescription")}
          actions={
            <ButtonLink variant="primary" href={addHref} icon={<Plus aria-hidden />}>
              {t("add")}
            </ButtonLink>
          }
        />
      </Card>
    );
  }
  const href = (cursor: { after?: string; before?: string }) => `${path}?${queryOf({ ...search, after: "", before: "", ...cursor })}`;
  return (
    <Card>
      <Filters {...props} />
      {page.items.length === 0 ? (
        <EmptyState
          title={t("noMatch.title")}
          description={t("noMatch.description")}
          actions={<ButtonLink href={path}>{t("noMatch.clear")}</ButtonLink>}
        />
      ) : (
        <ContactPointRows
          query={queryOf({ ...search, ...(subscriberId ? { subscriberId } : {}) })}
          initial={page}
          labels={await rowLabels(props.types)}
          action={switchAction}
        />
      )}
      <Pagination
        previousHref={page.previous ? href({ before: page.previous }) : undefined}
        nextHref={page.next ? href({ after: page.next }) : undefined}
      />
    </Card>
  );
}

async function Filters({ search, types, states, sorts }: Props): Promise<ReactNode> {
  const [t, typeWords] = await Promise.all([getTranslations("contactPoints"), getTranslations("contactPointTypes")]);
  return (
    <FilterBar label={t("filter.label")} applyLabel={t("filter.apply")}>
      <SearchField label={t("filter.search")} defaultValue={search.q} className="w-full sm:w-64" />
      <Select
        name="type"
        aria-label={t("filter.type")}
        defaultValue={search.type ?? ""}
        placeholder={t("filter.anyType")}
        options={types.map((value) => ({ value, label: typeWords(`${value}.name`) }))}
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
        defaultValue={search.sort ?? "attention"}
        options={sorts.map((value) => ({ value, label: t(`filter.sorts.${value}`) }))}
      />
    </FilterBar>
  );
}

async function rowLabels(types: readonly string[]) {
  const [t, typeWords] = await Promise.all([getTranslations("contactPoints"), getTranslations("contactPointTypes")]);
  return {
    table: t("list.label"),
    name: t("list.name"),
    address: t("list.address"),
    state: t("list.state"),
    enabled: t("list.enabled"),
    receive: t("list.receive", { label: "{label}" }),
    changingTo: t("list.changingTo", { address: "{address}" }),
    unknownType: t("unknownType"),
    types: Object.fromEntries(types.map((type) => [type, typeWords(`${type}.name`)])),
    standing: await standingLabels(),
  };
}

export async function standingLabels(): Promise<Record<Standing, string>> {
  const t = await getTranslations("contactPoints");
  const standings = Object.keys(STANDING_TONE) as Standing[];
  return Object.fromEntries(standings.map((standing) => [standing, t(`standing.${standing}`)])) as Record<Standing, string>;
}

function queryOf(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value) params.set(name, value);
  }
  return params.toString();
}
