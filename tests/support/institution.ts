import { randomBytes } from "node:crypto";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { newId, newRequestId } from "@/lib/core/ids";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText } from "@/lib/crypto/seal";
import { inInstitution, outsideInstitutions } from "@/lib/db/unit-of-work";
import type { Payload } from "@/lib/delivery/payload";
import { env } from "@/lib/env";

/** A fresh institution for one test: nothing of it is known to any other. */
export async function makeInstitution(name = "Lakeside Clinic"): Promise<string> {
  const id = newId();
  await inInstitution(id, (tx) =>
    tx.institution.create({ data: { id, name, defaultCountry: "JP", defaultLocale: "en", locales: ["en", "ja"] } }),
  );
  return id;
}

/** A member with a context of their own, as a signed-in browser would give it. */
export async function makeMember(institutionId: string, role: Role = "member"): Promise<Context & { actor: SignedInMember }> {
  const [userId, sessionId, subscriberId] = [newId(), newId(), newId()];
  const email = `${role}-${randomBytes(4).toString("hex")}@example.com`;
  await outsideInstitutions(async (tx) => {
    await tx.user.create({ data: { id: userId, email, emailCanonical: email, name: `A ${role}`, homeInstitutionId: institutionId } });
    await tx.session.create({ data: { id: sessionId, userId, institutionId, expiresAt: new Date(Date.now() + 3_600_000) } });
  });
  await inInstitution(institutionId, async (tx) => {
    await tx.subscriber.create({ data: { institutionId, id: subscriberId, externalId: userId, userId } });
    await tx.membership.create({ data: { institutionId, id: newId(), userId, role, subscriberId } });
  });
  return {
    actor: { type: "member", userId, sessionId, institutionId, role, subscriberId, name: `A ${role}`, email },
    request: { id: newRequestId(), ip: null, userAgent: "test", locale: "en" },
  };
}

/** Somebody without an account, known by an external id alone. */
export async function makeSubscriber(institutionId: string): Promise<string> {
  const id = newId();
  await inInstitution(institutionId, (tx) => tx.subscriber.create({ data: { institutionId, id, externalId: `ext-${id}` } }));
  return id;
}

/** A visitor who is not signed in. */
export function stranger(ip: string | null = null): Context {
  return { actor: { type: "anonymous" }, request: { id: newRequestId(), ip, userAgent: "test", locale: "en" } };
}

/** What would arrive: the payloads of the messages that wait for a contact point, newest first. */
async function waitingPayloads(institutionId: string, contactPointId: string): Promise<Payload[]> {
  const rows = await inInstitution(institutionId, (tx) =>
    tx.message.findMany({
      where: { institutionId, contactPointId, payload: { not: null } },
      orderBy: [{ createdAt: "desc" }],
      select: { id: true, payload: true },
    }),
  );
  const keys = parseKeyring(env().secretsKeys, "SECRETS_KEYS");
  return rows.map(({ id: rowId, payload }) => {
    const place = { table: "message", institutionId, rowId, field: "payload", version: 1 };
    return JSON.parse(openText(keys, payload ?? "", place)) as Payload;
  });
}

export type VerificationPayload = Extract<Payload, { kind: "verification" }>;

/** The verification message that waits for a contact point: its code and its link. */
export async function waitingVerification(institutionId: string, contactPointId: string): Promise<VerificationPayload> {
  const found = (await waitingPayloads(institutionId, contactPointId)).find(
    (payload): payload is VerificationPayload => payload.kind === "verification",
  );
  if (!found) {
    throw new Error("no verification message waits for this contact point");
  }
  return found;
}
