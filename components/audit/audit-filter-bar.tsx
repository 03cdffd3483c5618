import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { FilterBar } from "@/components/ui/filter-bar";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { Select } from "@/components/ui/select";

export type AuditSearch = Partial<Record<"action" | "actor" | "object" | "key" | "outcome" | "from" | "to", string>>;

type Props = {
  search: AuditSearch;
  actions: readonly string[];
  outcomes: readonly string[];
  /** Who acts without an account. */
  nameless: readonly string[];
  people: ReadonlyArray<{ id: string; name: string | null }>;
};

export function AuditFilterBar({ search, actions, outcomes, nameless, people }: Props) {
  const t = useTranslations("audit");
  const { compare } = new Intl.Collator(useLocale());
  const actionOptions = actions
    .map((value) => ({ value, label: t(`action.${value.replaceAll(".", "_")}`) }))
    .sort((one, other) => compare(one.label, other.label));
  const personOptions = [
    ...people.map(({ id, name }) => ({ value: id, label: name ?? t("removedPerson", { id: id.slice(0, 4) }) })),
    ...nameless.map((value) => ({ value, label: t(`actor.${value}`) })),
  ];
  return (
    <FilterBar label={t("filter.label")} applyLabel={t("filter.apply")}>
      <Select
        name="action"
        aria-label={t("list.action")}
        placeholder={t("filter.anyAction")}
        defaultValue={search.action ?? ""}
        options={actionOptions}
        className="w-full sm:w-56"
      />
      <Select
        name="actor"
        aria-label={t("list.who")}
        placeholder={t("filter.anybody")}
        defaultValue={search.actor ?? ""}
        options={personOptions}
        className="w-full sm:w-44"
      />
      <Select
        name="outcome"
        aria-label={t("list.outcome")}
        placeholder={t("filter.anyOutcome")}
        defaultValue={search.outcome ?? ""}
        options={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
      />
      <SearchField name="object" label={t("filter.object")} defaultValue={search.object} className="w-full sm:w-52" />
      {search.key && <input type="hidden" name="key" value={search.key} />}
      <DayField name="from" label={t("filter.from")} value={search.from} />
      <DayField name="to" label={t("filter.to")} value={search.to} />
    </FilterBar>
  );
}

function DayField({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  const id = useId();
  return (
    <span className="flex items-center gap-2 text-ink-muted text-sm">
      <label htmlFor={id} className="shrink-0">
        {label}
      </label>
      <Input id={id} type="date" name={name} defaultValue={value} min="1970-01-01" max="9999-12-31" className="w-auto" />
    </span>
  );
}
