import type { ListSearch } from "@/components/contact-points/contact-point-list";
import { single } from "@/lib/actions/page";
import { CONTACT_POINT_TYPES } from "@/lib/channels/registry";
import { CURSOR_MAX } from "@/lib/core/page";
import { CONTACT_POINT_SORTS, CONTACT_POINT_STATES } from "@/lib/services/contact-points/list";

/** What the address bar asks for; anything it cannot ask for is left out rather than refused. */
export function readListSearch(params: Record<string, string | string[] | undefined>): ListSearch {
  const among = (name: string, values: readonly string[]) => values.find((value) => value === single(params[name]));
  const search: Record<keyof ListSearch, string | undefined> = {
    q: single(params.q)?.slice(0, 100),
    type: among(
      "type",
      CONTACT_POINT_TYPES.map((type) => type.id),
    ),
    state: among("state", CONTACT_POINT_STATES),
    sort: among("sort", CONTACT_POINT_SORTS),
    after: single(params.after)?.slice(0, CURSOR_MAX),
    before: single(params.before)?.slice(0, CURSOR_MAX),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as ListSearch;
}
