import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";

interface SealedRow {
  id: string;
  sealed: string;
  version: number;
}

interface SealedColumn {
  /** As the value's place names it. */
  field: string;
  column: string;
  /** What stands in the place as the row's id, and as its version. */
  id?: string;
  version: string;
}

/** Every column that holds sealed values, by its table: the whole list. The function `sealed_rows` knows the same ones. */
export const SEALED = {
  integration: { field: "secrets", column: "secrets", version: "secrets_version" },
  sender: { field: "provenSecrets", column: "proven_secrets", version: "coalesce(proven_revision, 0)" },
  email_domain: { field: "dkimPrivateKey", column: "dkim_private_key", version: "dkim_key_version" },
  message: { field: "payload", column: "payload", version: "1" },
  connection: { field: "secrets", column: "secrets", version: "secrets_version" },
  subscription: { field: "secrets", column: "secrets", version: "secrets_version" },
  subscription_settings: { field: "settings", column: "settings", version: "version" },
  idempotency: { field: "answer", column: "answer", id: "claim", version: "1" },
} as const satisfies Record<string, SealedColumn>;

export type SealedKind = keyof typeof SEALED;

/** Locks and reads these; a value that went meanwhile is not among them. */
export function readSealed(tx: Tx, kind: SealedKind, institutionId: string, ids: readonly string[]): Promise<SealedRow[]> {
  const { table, id, column, version } = partsOf(kind);
  return tx.$queryRaw<SealedRow[]>`
    SELECT ${id} AS id, ${column} AS sealed, (${version})::int AS version FROM ${table}
     WHERE institution_id = ${institutionId}::uuid AND ${id} = ANY(${ids}::uuid[]) AND ${column} IS NOT NULL ORDER BY ${id} FOR NO KEY UPDATE`;
}

export async function writeSealed(tx: Tx, kind: SealedKind, institutionId: string, rowId: string, sealed: string): Promise<void> {
  const { table, id, column } = partsOf(kind);
  await tx.$executeRaw`UPDATE ${table} SET ${column} = ${sealed} WHERE institution_id = ${institutionId}::uuid AND ${id} = ${rowId}::uuid`;
}

function partsOf(kind: SealedKind) {
  const { column, version, id = "id" }: SealedColumn = SEALED[kind];
  return { table: Prisma.raw(kind), id: Prisma.raw(id), column: Prisma.raw(column), version: Prisma.raw(version) };
}
