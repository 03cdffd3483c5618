import type { Tx } from "@/lib/db/unit-of-work";
import { type SenderInDomain, verifiedDomainOf } from "@/lib/services/domains/internal";

/** The senders whose address nothing else would prove: a domain that is not verified proves nothing. */
export async function dependentsOf(
  tx: Tx,
  institutionId: string,
  domain: { id: string; state: string },
  within: readonly SenderInDomain[],
): Promise<Array<{ id: string; name: string }>> {
  const proving = domain.state === "verified" ? await provingOf(tx, institutionId, within) : null;
  return within.filter((sender) => proving?.get(placeOf(sender)) === domain.id).map(({ id, name }) => ({ id, name }));
}

/** Of these senders, those whose address nothing proves. */
export async function unprovenOf(tx: Tx, institutionId: string, within: readonly SenderInDomain[]): Promise<SenderInDomain[]> {
  const proving = await provingOf(tx, institutionId, within);
  return within.filter((sender) => proving.get(placeOf(sender)) === undefined);
}

/** By what follows the name in an address: the verified domain that it is in. */
async function provingOf(tx: Tx, institutionId: string, within: readonly SenderInDomain[]): Promise<Map<string, string | undefined>> {
  const proving = new Map<string, string | undefined>();
  for (const place of new Set(within.map(placeOf))) {
    proving.set(place, (await verifiedDomainOf(tx, institutionId, place))?.id);
  }
  return proving;
}

function placeOf({ fromAddress }: SenderInDomain): string {
  return fromAddress.slice(fromAddress.lastIndexOf("@"));
}
