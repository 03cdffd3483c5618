import { timingSafeEqual } from "node:crypto";
import { hashKey, isKey, type KeyKind, prefixOf } from "@/lib/auth/credentials/key-format";
import { remembered } from "@/lib/auth/credentials/remembered";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { prisma } from "@/lib/db/client";

export interface KeyPerson {
  userId: string;
  name: string;
  email: string;
  locale: string | null;
  role: Role;
  subscriberId: string;
}

/** What a key stands for. */
export interface KeyHolder {
  id: string;
  institutionId: string;
  kind: KeyKind;
  scopes: readonly string[];
  /** null: the institution itself. */
  person: KeyPerson | null;
}

interface Row {
  institution_id: string;
  id: string;
  kind: KeyKind;
  hash: Uint8Array;
  scopes: string[];
  expires_at: Date;
  user_id: string | null;
  user_name: string;
  user_email: string;
  user_locale: string | null;
  role: string;
  subscriber_id: string;
}

/** Whose key it is; null for one that is unknown, revoked or over. At most one indexed query, usually none (R52). */
export async function findKey(presented: string): Promise<KeyHolder | null> {
  if (!isKey(presented)) {
    return null;
  }
  const hash = hashKey(presented);
  return remembered(`key:${hash.toString("base64")}`, async () => {
    const [row] = await prisma().$queryRaw<Row[]>`SELECT * FROM api_key_actor(${prefixOf(presented)})`;
    if (!row || !timingSafeEqual(hash, Buffer.from(row.hash))) {
      return null;
    }
    return { value: toHolder(row), about: [row.id, row.user_id], until: row.expires_at };
  });
}

function toHolder(row: Row): KeyHolder {
  const { institution_id: institutionId, id, kind, scopes } = row;
  return { id, institutionId, kind, scopes, person: row.user_id === null ? null : toPerson(row, row.user_id) };
}

function toPerson(row: Row, userId: string): KeyPerson {
  const role = ROLES.find((each) => each === row.role);
  if (!role) {
    throw new Error(`a role that is not known: ${row.role}`);
  }
  return { userId, name: row.user_name, email: row.user_email, locale: row.user_locale, role, subscriberId: row.subscriber_id };
}
