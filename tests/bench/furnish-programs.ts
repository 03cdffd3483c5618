import { generateKeyPairSync, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type pg from "pg";
import { newKey } from "@/lib/auth/credentials/key-format";
import { SCOPES } from "@/lib/auth/scopes";
import { newRequestId } from "@/lib/core/ids";
import { createAccessToken } from "@/lib/services/access-tokens/create";
import type { Person } from "./seed.ts";

export interface Furnished {
  /** One for each person. */
  userKeys: string[];
  userTokens: string[];
  institutionKey: string;
  publicKey: string;
  bearer: string;
  integrationId: string;
  emailDomainId: string;
  pushSenderId: string;
}

/** One institution's credentials, its people's, and what its senders stand on, by SQL. */
export async function furnishPrograms(db: pg.Client, institutionId: string, origin: string, people: readonly Person[]): Promise<Furnished> {
  const [first] = people;
  if (!first) throw new Error("nobody was seeded");
  const insert = (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys({ institution_id: institutionId, ...row });
    return db.query(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((_, at) => `$${at + 1}`).join(", ")})`, [
      institutionId,
      ...Object.values(row),
    ]);
  };
  const key = async (kind: "secret" | "public", userId: string | null) => {
    const { key: text, prefix, last4, hash } = newKey(kind);
    const scopes = [...SCOPES];
    await insert("api_key", {
      id: randomUUID(),
      kind,
      name: "Bench",
      prefix,
      last4,
      hash,
      user_id: userId,
      scopes,
      expires_at: "2999-01-01",
    });
    return text;
  };
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = "bench";
  const publicPem = pair.publicKey.export({ type: "spki", format: "pem" });
  await insert("signing_key", { id: randomUUID(), name: "Bench", kid, public_key: publicPem, origin: "uploaded" });
  const [smtpId, chatId, pushId, domainId, pushSenderId] = Array.from({ length: 5 }, () => randomUUID());
  const smtp = { host: "smtp.bench.example", port: 587, security: "starttls", auth: "none" };
  await insert("integration", { id: smtpId, name: "Post", provider: "smtp", channel: "email", config: smtp });
  await insert("integration", { id: chatId, name: "Chat", identifier: "bench-chat", provider: "slack", channel: "chat", config: {} });
  await insert("integration", { id: pushId, name: "Push", provider: "web_push", channel: "push", config: {} });
  await insert("email_domain", {
    id: domainId,
    domain: "bench.example",
    token: "bench",
    dkim_selector: "reachable",
    dkim_public_key: "-",
    dkim_private_key: "-",
    state: "verified",
    verified_at: new Date(),
    next_check_at: "2999-01-01",
  });
  await insert("sender", { id: pushSenderId, integration_id: pushId, type: "push", name: "Push", state: "active" });
  const tokenOf = ({ userId }: Person) =>
    new SignJWT({}).setProtectedHeader({ alg: "RS256", kid }).setSubject(userId).setIssuer(origin).sign(pair.privateKey);
  return {
    userKeys: await Promise.all(people.map(({ userId }) => key("secret", userId))),
    userTokens: await Promise.all(people.map(tokenOf)),
    institutionKey: await key("secret", null),
    publicKey: await key("public", null),
    bearer: await bearerOf(institutionId, first),
    integrationId: smtpId ?? "",
    emailDomainId: domainId ?? "",
    pushSenderId: pushSenderId ?? "",
  };
}

/** As the person would make one in the console. */
async function bearerOf(institutionId: string, { userId, sessionId, subscriberId }: Person): Promise<string> {
  const actor = {
    type: "member",
    userId,
    sessionId,
    institutionId,
    role: "owner",
    subscriberId,
    name: "An owner",
    email: "owner@example.com",
  } as const;
  const request = { id: newRequestId(), ip: null, userAgent: "bench", locale: "en" };
  return (await createAccessToken({ actor, request }, { name: "Bench" })).token;
}
