import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/lib/queries/fetch-json";
import type { SenderVerificationStatus } from "@/lib/services/senders/verification-status";

export const senderKeys = { verification: (id: string) => ["senders", "verification", id] as const };

/** Quick while the code is on its way, calm while a person looks for it, silent once nothing is open. */
export const senderVerification = (id: string) =>
  queryOptions({
    queryKey: senderKeys.verification(id),
    queryFn: ({ signal }) => fetchJson<SenderVerificationStatus>(`/api/v1/senders/${id}/verification`, { signal }),
    refetchInterval: ({ state }) => {
      const status = state.data;
      if (!status || status.state === "none") {
        return false;
      }
      return status.message?.state === "queued" || status.message?.state === "sending" ? 1000 : 4000;
    },
  });
