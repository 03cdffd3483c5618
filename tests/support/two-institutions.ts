import { randomBytes } from "node:crypto";
import type { Context, SignedInMember } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { newId } from "@/lib/core/ids";
import { newToken } from "@/lib/crypto/tokens";
import { inInstitution } from "@/lib/db/unit-of-work";
import { changeAddress } from "@/lib/services/contact-points/change-address";
import { createContactPoint } from "@/lib/services/contact-points/create";
import { deleteContactPoint } from "@/lib/services/contact-points/delete";
import { sendTest } from "@/lib/services/contact-points/send-test";
import { createDomain } from "@/lib/services/domains/create";
import { inviteMember } from "@/lib/services/members/invite-member";
import { furnishPrograms, type ProgramIds } from "@/tests/support/furnish-programs";
import { furnishSenders, type SenderIds } from "@/tests/support/furnish-senders";
import { makeInstitution, makeMember, makeSubscriber, waitingVerification } from "@/tests/support/institution";
import { asAdmin } from "@/tests/support/outbox";
import { mailedToken, membershipOf } from "@/tests/support/people";

export type Person = Context & { actor: SignedInMember };

/** The name of everything in an institution that a request can name. What is personal is its owner's. */
export interface Ids extends SenderIds, ProgramIds {
  institutionId: string;
  userId: string;
  sessionId: string;
  subscriberId: string;
  memberId: string;
  invitationId: string;
  /** Verified and on. */
  contactPointId: string;
  /** Verified, with a new address that waits for its proof. */
  changingId: string;
  code: string;
  linkToken: string;
  invitationToken: string;
  unprovenId: string;
  inAppId: string;
  deletedId: string;
  messageId: string;
  itemId: string;
  confirmItemId: string;
  caughtId: string;
  domainId: string;
  at: string;
}

export interface Institution {
  ids: Ids;
  people: Record<Role, Person>;
  /** Words and addresses that stand in its rows, and in nobody else's. */
  marks: string[];
}

/** An institution with one of everything. */
export async function furnish(): Promise<Institution> {
  const mark = randomBytes(5).toString("hex");
  const institutionId = await makeInstitution(`Clinic ${mark}`);
  const owner = await makeMember(institutionId, "owner");
  const people = { owner, admin: await makeMember(institutionId, "admin"), member: await makeMember(institutionId) };
  const { userId, sessionId, subscriberId: ownSubscriberId } = owner.actor;
  const address = (name: string) => `${name}.${mark}@inside.example`;
  const add = (name: string, verify = false) =>
    createContactPoint(owner, { type: "email", label: `${name} ${mark}`, config: { email: address(name) }, verify });
  const [proven, changing, unproven, deleted] = [await add("desk"), await add("home"), await add("new"), await add("gone")];
  await asAdmin("UPDATE contact_point SET verified_at = now() WHERE id = ANY($1)", [[proven.id, changing.id]]);
  await changeAddress(owner, { contactPointId: changing.id, config: { email: address("moved") } });
  const { code, link } = await waitingVerification(institutionId, changing.id);
  const inApp = await createContactPoint(owner, { type: "in_app", label: `Inbox ${mark}`, config: {}, verify: true });
  const [itemId, confirmItemId] = [newId(), newId()];
  const verification = await asAdmin<{ id: string }>("SELECT id FROM verification WHERE contact_point_id = $1", [inApp.id]);
  await inInstitution(institutionId, async (tx) => {
    const line = { institutionId, subscriberId: ownSubscriberId, data: { label: `Line ${mark}` } };
    await tx.inboxItem.create({ data: { ...line, id: itemId, kind: "test", contactPointId: proven.id } });
    await tx.inboxItem.create({ data: { ...line, id: confirmItemId, kind: "verification", verificationId: verification[0]?.id ?? null } });
  });
  await deleteContactPoint(owner, { contactPointId: deleted.id });
  const { messageId } = await sendTest(owner, { contactPointId: proven.id });
  const { id: domainId } = await createDomain(owner, { domain: `${mark}.example` });
  const { id: invitationId } = await inviteMember(owner, { email: address("guest"), role: "member" });
  const senders = await furnishSenders(institutionId, userId, mark);
  const programs = await furnishPrograms({ institutionId, userId, subscriberId: ownSubscriberId, mark });
  return {
    people,
    marks: [mark, owner.actor.email, institutionId, userId, ownSubscriberId, people.admin.actor.userId],
    ids: {
      ...senders,
      ...programs,
      institutionId,
      userId,
      sessionId,
      subscriberId: await makeSubscriber(institutionId),
      memberId: await membershipOf(people.admin),
      invitationId,
      contactPointId: proven.id,
      changingId: changing.id,
      code,
      linkToken: link.split("/").at(-1) ?? "",
      invitationToken: await mailedToken(address("guest"), "invitation"),
      unprovenId: unproven.id,
      inAppId: inApp.id,
      deletedId: deleted.id,
      messageId,
      itemId,
      confirmItemId,
      caughtId: "mail-1",
      domainId,
      at: new Date(Date.now() + 60_000).toISOString(),
    },
  };
}

/** Ids that were never given to anything. */
export function unknownIds({ code, senderCode, addressInDomain, at, caughtId, pushEndpoint }: Ids): Ids {
  const fresh = Object.fromEntries(IDS.map((name) => [name, newId()])) as Record<(typeof IDS)[number], string>;
  return { ...fresh, linkToken: newToken(), invitationToken: newToken(), code, senderCode, addressInDomain, at, caughtId, pushEndpoint };
}

const IDS = [
  "institutionId",
  "userId",
  "sessionId",
  "subscriberId",
  "memberId",
  "invitationId",
  "contactPointId",
  "changingId",
  "unprovenId",
  "inAppId",
  "deletedId",
  "messageId",
  "itemId",
  "confirmItemId",
  "integrationId",
  "senderId",
  "spareIntegrationId",
  "textIntegrationId",
  "textSenderId",
  "emailDomainId",
  "phoneNumberId",
  "apiKeyId",
  "signingKeyId",
  "accessTokenId",
  "chatIntegrationId",
  "connectionId",
  "endpointId",
  "pushSenderId",
  "subscriptionId",
  "domainId",
] as const;

/** What a program's refused request leaves behind: its line in the log, when its key was used, and whom it tried. */
export const TRACES = ["api_request", "api_key", "audit_event", "idempotency"];

/** Every row of an institution and of its people's accounts, as text: whatever changes in it, this changes. */
export async function rowsOf({ ids, people }: Institution, without: readonly string[] = []): Promise<string> {
  const tables = await asAdmin<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'institution_id' AND table_name <> 'session' ORDER BY 1`,
  );
  const rows: string[] = [];
  const read = async (sql: string, values: unknown[]) => {
    for (const { row } of await asAdmin<{ row: string }>(sql, values)) rows.push(row);
  };
  for (const { name } of tables.filter((table) => !without.includes(table.name))) {
    await read(`SELECT t::text AS row FROM "${name}" t WHERE institution_id = $1 ORDER BY 1`, [ids.institutionId]);
  }
  await read("SELECT t::text AS row FROM institution t WHERE id = $1", [ids.institutionId]);
  const userIds = Object.values(people).map(({ actor }) => actor.userId);
  await read('SELECT t::text AS row FROM "user" t WHERE id = ANY($1) ORDER BY 1', [userIds]);
  // when a session was last seen moves by itself
  await read("SELECT (to_jsonb(t) - 'last_seen_at')::text AS row FROM session t WHERE user_id = ANY($1) ORDER BY 1", [userIds]);
  return rows.join("\n");
}

/** Any of an institution's words in a text where they have no business; what was asked for may come back. */
export function leaks(from: Institution, text: string): string[] {
  return from.marks.filter((mark) => text.includes(mark));
}
