import type { Tx } from "@/lib/db/unit-of-work";

/** Serialises what counts or compares what an institution has with each other: its senders, its keys. */
export async function lockInstitution(tx: Tx, institutionId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM institution WHERE id = ${institutionId}::uuid FOR NO KEY UPDATE`;
}
