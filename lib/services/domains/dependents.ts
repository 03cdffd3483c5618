import type { Tx } from "@/lib/db/unit-of-work";
import { type SenderInDomain, verifiedDomainOf } from "@/lib/services/domains/internal";

/** The senders whose address nothing else would prove: a domain that is not verified proves nothing. */
export async function dependentsOf(
  tx: Tx,
  institutionId: string,
  domain: { id: string; state: string },
  within: readonly SenderInDomain[],
): Promise<Array<{ id: string; name: string }>> {
  const proving = new Map<string, string | undefined>();
  for (const place of domain.state === "verified" ? new Set(within.map(placeOf)) : []) {
    proving.set(place, (await verifiedDomainOf(tx, institutionId, place))?.id);
  }
  return within.filter((sender) => proving.get(placeOf(sender)) === domain.id).map(({ id, name }) => ({ id, name }));
}

function placeOf({ fromAddress }: SenderInDomain): string {
  return fromAddress.slice(fromAddress.lastIndexOf("@"));
}
