import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { SenderIcon } from "@/components/senders/sender-icon";
import { Badge } from "@/components/ui/badge";
import { Card, Section } from "@/components/ui/card";
import { FilterBar } from "@/components/ui/filter-bar";
import { SearchField } from "@/components/ui/search-field";
import type { CatalogueEntry, Channel } from "@/lib/channels/providers/catalogue/define";
import { CATALOGUE } from "@/lib/channels/providers/catalogue/registry";

/** The order in which people look for them. */
const GROUPS: readonly Channel[] = ["chat", "email", "sms", "push", "in_app"];

/** Every provider that there is, by channel; those that deliver here say so. */
export async function CataloguePicker({ q }: { q: string }) {
  const t = await getTranslations("integrations");
  const wanted = q.trim().toLowerCase();
  const found = CATALOGUE.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted));
  return (
    <div className="grid gap-5">
      <Card className="overflow-clip">
        <FilterBar label={t("new.search")} applyLabel={t("filter.apply")}>
          <SearchField label={t("new.search")} defaultValue={q} className="w-full sm:w-72" />
        </FilterBar>
        {found.length === 0 && <p className="p-4 sm:px-5">{t("new.noMatch")}</p>}
      </Card>
      {GROUPS.map((channel) => {
        const entries = found.filter((entry) => entry.channel === channel);
        return (
          entries.length > 0 && (
            <Section key={channel} title={t(`channel.${channel}`)}>
              <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
                {entries.map((entry) => (
                  <Choice key={entry.id} entry={entry} />
                ))}
              </ul>
            </Section>
          )
        );
      })}
    </div>
  );
}

async function Choice({ entry: { id, name, form, delivers } }: { entry: CatalogueEntry }) {
  const t = await getTranslations("integrations");
  return (
    <li className="min-w-0">
      <Link
        href={`/integrations/new?provider=${id}`}
        className="group flex h-full min-h-14 items-center gap-3 rounded-md border border-line px-3 py-2.5 transition-colors hover:border-line-strong hover:bg-ink/2"
      >
        <span className="grid size-9 shrink-0 place-items-center rounded-md bg-sunken text-ink-muted">
          <SenderIcon provider={form.id} className="size-4" />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{name}</span>
          <span className="wrap-anywhere block font-mono text-ink-muted text-xs">{id}</span>
          {delivers && (
            <Badge tone="good" className="mt-1">
              {t("delivers")}
            </Badge>
          )}
        </span>
        <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint group-hover:text-ink" />
      </Link>
    </li>
  );
}
