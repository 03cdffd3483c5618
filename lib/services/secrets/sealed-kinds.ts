import type { Tx } from "@/lib/db/unit-of-work";

interface SealedRow {
  id: string;
  sealed: string;
  version: number;
}

interface SealedColumn {
  /** As the value's place names it. */
  field: string;
  /** Locks and reads; a value that went meanwhile is not among them. */
  read: (tx: Tx, institutionId: string, ids: string[]) => Promise<SealedRow[]>;
  write: (tx: Tx, institutionId: string, id: string, sealed: string) => Promise<unknown>;
}

/** Every column that holds sealed values, by its table: the whole list. The function `sealed_rows` knows the same ones. */
export const SEALED = {
  integration: {
    field: "secrets",
    read: (tx, institutionId, ids) => tx.$queryRaw`
      SELECT id, secrets AS sealed, secrets_version AS version FROM integration
       WHERE institution_id = ${institutionId}::uuid AND id = ANY(${ids}::uuid[]) AND secrets IS NOT NULL ORDER BY id FOR NO KEY UPDATE`,
    write: (tx, institutionId, id, sealed) =>
      tx.$executeRaw`UPDATE integration SET secrets = ${sealed} WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid`,
  },
  sender: {
    field: "provenSecrets",
    read: (tx, institutionId, ids) => tx.$queryRaw`
      SELECT id, proven_secrets AS sealed, coalesce(proven_revision, 0) AS version FROM sender
       WHERE institution_id = ${institutionId}::uuid AND id = ANY(${ids}::uuid[]) AND proven_secrets IS NOT NULL ORDER BY id FOR NO KEY UPDATE`,
    write: (tx, institutionId, id, sealed) =>
      tx.$executeRaw`UPDATE sender SET proven_secrets = ${sealed} WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid`,
  },
  email_domain: {
    field: "dkimPrivateKey",
    read: (tx, institutionId, ids) => tx.$queryRaw`
      SELECT id, dkim_private_key AS sealed, dkim_key_version AS version FROM email_domain
       WHERE institution_id = ${institutionId}::uuid AND id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    write: (tx, institutionId, id, sealed) =>
      tx.$executeRaw`UPDATE email_domain SET dkim_private_key = ${sealed} WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid`,
  },
  message: {
    field: "payload",
    read: (tx, institutionId, ids) => tx.$queryRaw`
      SELECT id, payload AS sealed, 1 AS version FROM message
       WHERE institution_id = ${institutionId}::uuid AND id = ANY(${ids}::uuid[]) AND payload IS NOT NULL ORDER BY id FOR NO KEY UPDATE`,
    write: (tx, institutionId, id, sealed) =>
      tx.$executeRaw`UPDATE message SET payload = ${sealed} WHERE institution_id = ${institutionId}::uuid AND id = ${id}::uuid`,
  },
} as const satisfies Record<string, SealedColumn>;

export type SealedKind = keyof typeof SEALED;
