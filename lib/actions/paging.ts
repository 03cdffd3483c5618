import { single } from "@/lib/actions/page";
import { CURSOR_MAX } from "@/lib/core/page";

type Search = Record<string, string | string[] | undefined>;

/** Which page of a list its address asks for, and the addresses of the pages beside it, with the list's filters kept. */
export function paging(
  path: string,
  search: Search,
  filters: Record<string, string | undefined> = {},
  names = { after: "after", before: "before" },
) {
  const [after, before] = [single(search[names.after])?.slice(0, CURSOR_MAX), single(search[names.before])?.slice(0, CURSOR_MAX)];
  const kept = Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const href = (name: string, cursor: string | null) =>
    cursor === null ? undefined : `${path}?${new URLSearchParams([...kept, [name, cursor]])}`;
  const first = kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path;
  return {
    cursor: before ? { before } : { after },
    isFiltered: kept.length > 0,
    hrefs: ({ items, previous, next }: { items: readonly unknown[]; previous: string | null; next: string | null }) => ({
      // what stood on a later page can be gone, and the ones before it are not
      previousHref: items.length === 0 && (before || after) ? first : href(names.before, previous),
      nextHref: href(names.after, next),
    }),
  };
}
