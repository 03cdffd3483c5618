import { ListX } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { RequestTable } from "@/components/keys/request-table";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pagination } from "@/components/ui/pagination";
import { Select } from "@/components/ui/select";
import { orNotFound } from "@/lib/actions/page";
import type { Context } from "@/lib/auth/actor";
import { listKeyRequests, STATUS_CLASSES } from "@/lib/services/api-requests/list";

type Props = {
  ctx: Context;
  keyId: string;
  search: Record<"status" | "after" | "before", string | undefined>;
};

/** What the key asked for lately: when, what, with which answer. */
export async function RequestsSection({ ctx, keyId, search }: Props) {
  const t = await getTranslations("keys");
  const status = STATUS_CLASSES.find((each) => each === search.status);
  const [after, before] = [search.after?.slice(0, 512), search.before?.slice(0, 512)];
  const page = await orNotFound(listKeyRequests(ctx, { keyId, status, ...(before ? { before } : { after }) }));
  const href = (cursor: "after" | "before", value: string | null) =>
    value ? `/keys/${keyId}?${new URLSearchParams({ ...(status ? { status } : {}), [cursor]: value })}` : undefined;
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
      <Pagination previousHref={href("before", page.previous)} nextHref={href("after", page.next)} />
    </Section>
  );
}
