import type { Caller, Context } from "@/lib/auth/actor";
import { findKey, type KeyHolder } from "@/lib/auth/credentials/find-key";
import type { Access } from "@/lib/auth/scopes";
import { AppError } from "@/lib/core/errors";

/** Who a secret key acts as: its person, within that person's role, or the institution. */
function actorOfKey({ id, institutionId, scopes, person }: KeyHolder, access: Access): Caller {
  const credential = { id, kind: "secret_key", scopes, access } as const;
  return person === null
    ? { type: "institution", userId: null, institutionId, role: "admin", subscriberId: null, credential }
    : { type: "member", sessionId: null, institutionId, ...personOf(person), credential };
}

/** The context of a request that came with a secret key; everything else that may be in its place is refused. */
export async function withSecretKey(ctx: Context, presented: string | null, access: Access): Promise<Context> {
  const holder = presented === null ? null : await findKey(presented);
  if (holder?.kind !== "secret") {
    throw new AppError("unauthenticated", { reason: presented === null ? "keyMissing" : "keyUnknown" });
  }
  return { ...ctx, actor: actorOfKey(holder, access) };
}

function personOf({ userId, role, subscriberId, name, email }: NonNullable<KeyHolder["person"]>) {
  return { userId, role, subscriberId, name, email };
}
