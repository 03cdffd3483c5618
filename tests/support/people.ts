import { randomBytes } from "node:crypto";
import pg from "pg";
import type { AccountActor, Context, SignedInMember } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import type { Role } from "@/lib/auth/permissions";
import { issueSessionToken } from "@/lib/auth/session-token";
import { newRequestId } from "@/lib/core/ids";
import { parseKeyring } from "@/lib/crypto/keyring";
import { openText } from "@/lib/crypto/seal";
import type { Payload } from "@/lib/delivery/payload";
import { env } from "@/lib/env";
import { createInstitution } from "@/lib/services/institution/create-institution";
import { acceptInvitation } from "@/lib/services/members/accept-invitation";
import { inviteMember } from "@/lib/services/members/invite-member";
import { createFirstInstitution } from "@/lib/services/setup/create-first-institution";
import { issueSetupToken } from "@/lib/services/setup/issue-setup-token";
import { testDatabase } from "./database";

export const PASSWORD = "seven yellow boats at dawn";

export type MemberContext = Context & { actor: SignedInMember };

/** Somebody who is not signed in, at an address of their own. */
export function visitor(ip = someIp()): Context {
  return { actor: { type: "anonymous" }, request: { id: newRequestId(), ip, userAgent: "Test/1.0", locale: "en" } };
}

function someIp(): string {
  return `10.${[...randomBytes(3)].join(".")}`;
}

export function someEmail(): string {
  return `p${randomBytes(6).toString("hex")}@people.example`;
}

/** Who a session is now, as a request with its cookie would be told. */
export async function asSession(session: { sessionId: string; userId: string }): Promise<Context> {
  const { actor } = await authenticate(await issueSessionToken({ id: session.sessionId, userId: session.userId }));
  return { ...visitor(), actor };
}

export async function asMember(session: { sessionId: string; userId: string }): Promise<MemberContext> {
  const ctx = await asSession(session);
  if (ctx.actor.type !== "member" || ctx.actor.sessionId === null) {
    throw new Error(`expected a member, found ${ctx.actor.type}`);
  }
  return { ...ctx, actor: { ...ctx.actor, sessionId: ctx.actor.sessionId } };
}

export function sessionOf(ctx: { actor: SignedInMember | AccountActor }): { sessionId: string; userId: string } {
  return { sessionId: ctx.actor.sessionId, userId: ctx.actor.userId };
}

let founder: Promise<MemberContext> | undefined;

/** The owner of this database's first institution. */
function firstOwner(): Promise<MemberContext> {
  founder ??= (async () => {
    const token = await issueSetupToken();
    const given = {
      institutionName: "First",
      defaultCountry: "VN",
      defaultLocale: "en",
      name: "Founder",
      email: someEmail(),
      password: PASSWORD,
    };
    return asMember(await createFirstInstitution(visitor(), { token, ...given }));
  })();
  return founder;
}

/** A fresh institution with an owner who belongs to nothing else. */
export async function newInstitution(name = "Fresh"): Promise<MemberContext> {
  const first = await firstOwner();
  const settings = { name, defaultCountry: "JP", defaultLocale: "en", locales: ["en", "ja"] };
  // one person makes those of a whole file
  env().limits.institutionsPerUserDay.max = 10_000;
  const { id } = await createInstitution(first, settings);
  const maker: MemberContext = { ...first, actor: { ...first.actor, institutionId: id, role: "owner" } };
  const owner = await newMember(maker, "owner");
  await admin("DELETE FROM membership WHERE institution_id = $1 AND user_id = $2", [id, first.actor.userId]);
  await admin("DELETE FROM subscriber WHERE institution_id = $1 AND user_id = $2", [id, first.actor.userId]);
  return owner;
}

/** A person with a new account who accepted an invitation. */
export async function newMember(inviter: MemberContext, role: Role = "member", email = someEmail()): Promise<MemberContext> {
  await inviteMember(inviter, { email, role });
  const token = await mailedToken(email, "invitation");
  return asMember(await acceptInvitation(visitor(), { token, name: `Person ${email.slice(1, 5)}`, password: PASSWORD }));
}

/** The membership's id of a member, as lists show it. */
export async function membershipOf(ctx: MemberContext): Promise<string> {
  const [row] = await admin<{ id: string }>("SELECT id FROM membership WHERE institution_id = $1 AND user_id = $2", [
    ctx.actor.institutionId,
    ctx.actor.userId,
  ]);
  return row?.id ?? "";
}

/** The token of the newest mail of a kind to an address, read out of its sealed payload as the worker would. */
export async function mailedToken(email: string, kind: "invitation" | "password_reset"): Promise<string> {
  const payload = (await queuedMails(kind)).find((mail) => mail.to === email);
  if (!payload || !("link" in payload)) {
    throw new Error(`no ${kind} was queued for ${email}`);
  }
  return payload.link.split("/").at(-1) ?? "";
}

export async function queuedMails(kind: string): Promise<Payload[]> {
  const rows = await admin<{ institution_id: string; id: string; payload: string }>(
    "SELECT institution_id, id, payload FROM message WHERE kind = $1 AND payload IS NOT NULL ORDER BY created_at DESC",
    [kind],
  );
  const keyring = parseKeyring(env().secretsKeys, "SECRETS_KEYS");
  return rows.map(({ institution_id, id, payload }) => {
    const place = { table: "message", institutionId: institution_id, rowId: id, field: "payload", version: 1 };
    return JSON.parse(openText(keyring, payload, place)) as Payload;
  });
}

/** SQL as a superuser, who sees every row. */
export async function admin<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: testDatabase().adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Every table, row by row, as text: what must stand nowhere is looked for in it. */
export async function everyRow(): Promise<string> {
  const tables = await admin<{ name: string }>(
    "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')",
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => (await admin<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).map(({ row }) => row)),
  );
  return texts.flat().join("\n");
}
