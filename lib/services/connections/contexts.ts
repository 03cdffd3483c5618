import type { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/unit-of-work";
import type { ContextInput } from "@/lib/services/connections/fields";

/** The keys of contexts, as a row keeps them: "type:id", in their order. */
export function contextKeys(contexts: ContextInput | undefined): string[] {
  return Object.entries(contexts ?? {}).map(([type, value]) => `${type}:${typeof value === "string" ? value : value.id}`);
}

/** The same text for the same contexts, in whatever order they come. No key has a comma in it. */
export function contextSet(keys: readonly string[]): string {
  return [...new Set(keys)].sort().join(",");
}

/** Contexts are there once somebody names them; what one holds already stays. */
export async function ensureContexts(tx: Tx, institutionId: string, contexts: ContextInput | undefined): Promise<void> {
  const rows = Object.entries(contexts ?? {}).map(([type, value]) =>
    typeof value === "string" ? { key: `${type}:${value}`, data: {} } : { key: `${type}:${value.id}`, data: value.data ?? {} },
  );
  if (rows.length === 0) {
    return;
  }
  // in one order, so that two requests with the same ones cannot wait for each other
  const sorted: Prisma.InputJsonArray = rows.toSorted((one, other) => (one.key < other.key ? -1 : 1)) as Prisma.InputJsonArray;
  await tx.$executeRaw`
    INSERT INTO context (institution_id, key, data)
    SELECT ${institutionId}::uuid, c.key, c.data
      FROM jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb) AS c(key text, data jsonb) ORDER BY c.key
    ON CONFLICT (institution_id, key) DO NOTHING`;
}
