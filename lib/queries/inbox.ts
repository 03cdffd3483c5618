import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/queries/fetch-json";

export const inboxKeys = { unread: ["inbox", "unread"] as const };

const POLL_MS = 30_000;

/** How much of one's inbox is unread; asked again every half minute, and when the page comes back into sight. */
export const inboxUnread = () =>
  queryOptions({
    queryKey: inboxKeys.unread,
    queryFn: ({ signal }) => fetchJson<{ count: number }>("/api/v1/inbox/unread", { signal }),
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: true,
  });
