/** The public half of an application's key. There is nothing secret in it. */
export interface SigningKeyDto {
  id: string;
  name: string;
  kid: string;
  publicKey: string;
  origin: "generated" | "uploaded";
  state: "live" | "revoked";
  createdAt: string;
  createdBy: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface SigningKeyRow {
  id: string;
  name: string;
  kid: string;
  publicKey: string;
  origin: string;
  createdAt: Date;
  createdBy: string | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export function toSigningKeyDto(row: SigningKeyRow): SigningKeyDto {
  return {
    ...row,
    origin: row.origin === "generated" ? "generated" : "uploaded",
    state: row.revokedAt === null ? "live" : "revoked",
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
