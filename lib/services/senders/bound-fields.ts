import { z } from "zod";
import { fieldError, notFound } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/unit-of-work";

/** Whatever a program wants to keep beside its sender. */
const METADATA_BYTES = 16_384;

export const freeMetadata = z
  .record(z.string(), z.json())
  .refine((metadata) => Buffer.byteLength(JSON.stringify(metadata)) <= METADATA_BYTES, {
    params: { reason: "metadata_size", max: METADATA_BYTES / 1024 },
  });

/** The email domain that a sender is to be bound to, held until that is done; its address must be in it, or below it. Returns its name. */
export async function holdDomainFor(tx: Tx, institutionId: string, domainId: string, fromAddress: string): Promise<string> {
  const [row] = await tx.$queryRaw<Array<{ domain: string }>>`
    SELECT domain FROM email_domain WHERE institution_id = ${institutionId}::uuid AND id = ${domainId}::uuid FOR KEY SHARE`;
  if (!row) {
    throw notFound();
  }
  const host = fromAddress.slice(fromAddress.lastIndexOf("@") + 1).toLowerCase();
  if (host !== row.domain && !host.endsWith(`.${row.domain}`)) {
    throw fieldError("fromAddress", "address_outside_domain");
  }
  return row.domain;
}
