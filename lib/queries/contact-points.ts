import { queryOptions } from "@tanstack/react-query";
import type { Page } from "@/lib/core/page-type";
import { fetchJson } from "@/lib/queries/fetch-json";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";
import type { MessageDto } from "@/lib/services/messages/dto";
import type { VerificationStatus } from "@/lib/services/verifications/status";

export const contactPointKeys = {
  all: ["contact-points"] as const,
  list: (query: string) => ["contact-points", "list", query] as const,
  verification: (id: string) => ["contact-points", "verification", id] as const,
};

/** One page of a list; `query` is the search string of the page that shows it. */
export const contactPointList = (query: string) =>
  queryOptions({
    queryKey: contactPointKeys.list(query),
    queryFn: ({ signal }) => fetchJson<Page<ContactPointDto>>(`/api/v1/contact-points${query && `?${query}`}`, { signal }),
  });

/** Quick while a message is on its way, calm while a person reads it, silent once nothing is open. */
export const verificationStatus = (id: string) =>
  queryOptions({
    queryKey: contactPointKeys.verification(id),
    queryFn: ({ signal }) => fetchJson<VerificationStatus>(`/api/v1/contact-points/${id}/verification`, { signal }),
    refetchInterval: ({ state }) => {
      const status = state.data;
      if (!status || status.state === "none") {
        return false;
      }
      return status.message?.state === "queued" || status.message?.state === "sending" ? 1000 : 4000;
    },
  });

const DONE = new Set(["sent", "refused", "unknown", "cancelled", "expired"]);

export const messageIsDone = (message: MessageDto | undefined) => message !== undefined && DONE.has(message.state);

export const messageFollowed = (id: string) =>
  queryOptions({
    queryKey: ["messages", id] as const,
    queryFn: ({ signal }) => fetchJson<MessageDto>(`/api/v1/messages/${id}`, { signal }),
    refetchInterval: ({ state }) => (messageIsDone(state.data) ? false : 700),
  });
