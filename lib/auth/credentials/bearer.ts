import { createHash } from "node:crypto";
import { decodeJwt } from "jose";
import type { Context, MemberActor } from "@/lib/auth/actor";
import { readAccessToken } from "@/lib/auth/credentials/access-token";
import { isCompact } from "@/lib/auth/credentials/jwt-claims";
import { outsideCredential } from "@/lib/auth/credentials/outside-credential";
import { type OutsideToken, readOutsideToken } from "@/lib/auth/credentials/outside-token";
import { remembered } from "@/lib/auth/credentials/remembered";
import { ROLES } from "@/lib/auth/permissions";
import { type Access, BEARER_SCOPES } from "@/lib/auth/scopes";
import { AppError } from "@/lib/core/errors";
import { prisma } from "@/lib/db/client";
import { env } from "@/lib/env";

type Holder = Omit<MemberActor, "credential"> & { credentialId: string };

/** The context of a request that came with a bearer token: its person, in the institution that the token names (R53). */
export async function withBearer(ctx: Context, authorizationHeader: string | null, access: Access): Promise<Context> {
  if (authorizationHeader === null) {
    throw new AppError("unauthenticated", { reason: "tokenMissing" });
  }
  const token = /^bearer +(\S+)$/i.exec(authorizationHeader)?.[1] ?? "";
  const found = isCompact(token) ? await remembered(keyOf(token), () => findBearer(token)) : null;
  if (found === null) {
    throw new AppError("unauthenticated", { reason: "tokenUnknown" });
  }
  const { credentialId, ...person } = found;
  return { ...ctx, actor: { ...person, credential: { id: credentialId, kind: "access_token", scopes: BEARER_SCOPES, access } } };
}

const keyOf = (token: string) => `bearer:${createHash("sha256").update(token).digest("base64")}`;

async function findBearer(token: string) {
  const { outside } = issuerOf(token);
  return outside ? findOutside(token) : findOwn(token);
}

/** Which record judges the token. Nothing else is taken from it before its signature is checked. */
function issuerOf(token: string): { outside: boolean } {
  try {
    return { outside: env().bearerIssuer !== null && decodeJwt(token).iss === env().bearerIssuer?.issuer };
  } catch {
    return { outside: false };
  }
}

async function findOwn(token: string) {
  const read = await readAccessToken(token).catch(() => null);
  if (read === null) {
    return null;
  }
  const { id, userId, institutionId, expiresAt } = read;
  const [row] = await prisma().$queryRaw<Row[]>`SELECT * FROM bearer_actor(${id}::uuid, ${userId}::uuid, ${institutionId}::uuid)`;
  return row ? { value: toHolder(row, id), about: [id, userId], until: expiresAt } : null;
}

async function findOutside(token: string) {
  const read = await readOutsideToken(token);
  if (read === null) {
    return null;
  }
  const [row] = await findPerson(read);
  if (!row) {
    return null;
  }
  const id = outsideCredential(`${env().bearerIssuer?.issuer}`, row.institution_id, row.user_id);
  return { value: toHolder(row, id), about: [row.user_id], until: read.expiresAt };
}

/** By our own id first, then by the address that the issuer vouches for. */
function findPerson({ userId, emailKey, institutionId }: OutsideToken): Promise<Row[]> {
  return prisma().$queryRaw<Row[]>`
    SELECT b.* FROM "user" u CROSS JOIN LATERAL bearer_actor(NULL, u.id, ${institutionId}::uuid) b
     WHERE (u.id = ${userId}::uuid OR u.email_canonical = ${emailKey}) AND u.deleted_at IS NULL
     ORDER BY u.id = ${userId}::uuid DESC NULLS LAST LIMIT 1`;
}

interface Row {
  institution_id: string;
  user_id: string;
  user_name: string;
  user_email: string;
  role: string;
  subscriber_id: string;
}

function toHolder(row: Row, credentialId: string): Holder {
  const role = ROLES.find((each) => each === row.role);
  if (!role) {
    throw new Error(`a role that is not known: ${row.role}`);
  }
  const { institution_id: institutionId, user_id: userId, subscriber_id: subscriberId, user_name: name, user_email: email } = row;
  return { type: "member", sessionId: null, userId, institutionId, role, subscriberId, name, email, credentialId };
}
