import { ProviderError } from "@/lib/channels/providers/define";
import type { Lost } from "@/lib/channels/providers/parts/answer";

/** No answer to a call about numbers. */
export function thrownFor({ reason }: Lost): ProviderError {
  return new ProviderError(reason === "refused_by_policy" ? "refused_by_policy" : "unreachable");
}

/** An answer that is no offer and no purchase. */
export function refusedBy(status: number): ProviderError {
  if (status === 401 || status === 403) return new ProviderError("credentials_refused");
  if (status === 402) return new ProviderError("insufficient_funds");
  return new ProviderError("unexpected_answer", String(status));
}
