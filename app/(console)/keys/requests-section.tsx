import { ListX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { RequestTable } from "@/components/keys/request-table";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { Select } from "@/components/ui/select";
import { orNotFound, single } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import type { Page } from "@/lib/core/page-type";
import { type ApiRequestDto, STATUS_CLASSES } from "@/lib/services/api-requests/internal";

interface Asked {
  status: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
}

type Props = {
  /** The page that this stands on. */
  path: string;
  search: Record<string, string | string[] | undefined>;
  list: (asked: Asked) => Promise<Page<ApiRequestDto>>;
};

/** What a credential asked for lately: when, what, with which answer. */
export async function RequestsSection({ path, search, list }: Props) {
  const t = await getTranslations("keys");
  const status = STATUS_CLASSES.find((each) => each === single(search["status"]));
  const { cursor, hrefs } = paging(path, search, { status });
  const page = await orNotFound(list({ status, ...cursor }));
  return (
    <Section title={t("requests.title")} description={t("requests.description")} padded={false}>
      <FilterBar label={t("requests.filter")} applyLabel={t("requests.apply")}>
        <Select
          name="status"
          aria-label={t("requests.status")}
          placeholder={t("requests.anyStatus")}
          defaultValue={status ?? ""}
          options={STATUS_CLASSES.map((value) => ({ value, label: value }))}
        />
      </FilterBar>
      {page.items.length > 0 ? (
        <RequestTable requests={page.items} />
      ) : (
        <EmptyState level={3} icon={<ListX />} title={t("requests.none")} />
      )}
      <Pagination {...hrefs(page)} />
    </Section>
  );
}
