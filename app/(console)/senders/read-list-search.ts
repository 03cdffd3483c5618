import type { ListSearch } from "@/components/senders/sender-list";
import { single } from "@/lib/actions/page";
import { CURSOR_MAX } from "@/lib/core/page";
import { SENDER_STATES, SENDER_TYPES } from "@/lib/services/senders/dto";
import { SENDER_SORTS } from "@/lib/services/senders/list";

/** What the address bar asks for; anything it cannot ask for is left out rather than refused. */
export function readListSearch(params: Record<string, string | string[] | undefined>): ListSearch {
  const among = (name: string, values: readonly string[]) => values.find((value) => value === single(params[name]));
  const search: Record<keyof ListSearch, string | undefined> = {
    q: single(params.q)?.slice(0, 100),
    type: among("type", SENDER_TYPES),
    state: among("state", SENDER_STATES),
    sort: among("sort", SENDER_SORTS),
    after: single(params.after)?.slice(0, CURSOR_MAX),
    before: single(params.before)?.slice(0, CURSOR_MAX),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as ListSearch;
}
