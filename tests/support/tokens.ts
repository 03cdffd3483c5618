import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { signAccessToken } from "@/lib/auth/credentials/access-token";
import { newId } from "@/lib/core/ids";
import { asAdmin } from "@/tests/support/outbox";

/** A bearer token of a person, with its row, as its page would make it. */
export async function makeAccessToken(
  who: { institutionId: string; userId: string },
  lifetimeSec = 900,
): Promise<{ id: string; token: string; authorization: string }> {
  const issuedAt = new Date();
  const made = { id: newId(), ...who, issuedAt, expiresAt: new Date(issuedAt.getTime() + lifetimeSec * 1000) };
  await asAdmin("INSERT INTO access_token (institution_id, id, name, user_id, expires_at) VALUES ($1, $2, 'Token', $3, $4)", [
    made.institutionId,
    made.id,
    made.userId,
    made.expiresAt,
  ]);
  const token = await signAccessToken(made);
  return { id: made.id, token, authorization: `Bearer ${token}` };
}

export interface SigningPair {
  id: string;
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

/** A signing key of an institution; the private half stays with whoever signs. */
export async function makeSigningKey(institutionId: string, { kid = newId(), bits = 2048 } = {}): Promise<SigningPair> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const id = newId();
  await asAdmin(
    "INSERT INTO signing_key (institution_id, id, name, kid, public_key, origin) VALUES ($1, $2, 'Application', $3, $4, 'uploaded')",
    [institutionId, id, kid, publicKey.export({ type: "spki", format: "pem" })],
  );
  return { id, kid, privateKey: createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" })), publicKey };
}

export type Json = Record<string, unknown> | string;
const part = (json: Json) => Buffer.from(typeof json === "string" ? json : JSON.stringify(json)).toString("base64url");

/** A token put together by hand, so that it can say anything. */
export function rs256(key: KeyObject, header: Json, claims: Json): string {
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${sign("sha256", Buffer.from(body), key).toString("base64url")}`;
}

export function hs256(secret: string | Uint8Array, header: Json, claims: Json): string {
  const body = `${part(header)}.${part(claims)}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
}

export function unsigned(header: Json, claims: Json, signature = ""): string {
  return `${part(header)}.${part(claims)}.${signature}`;
}

/** What an application hands its user: signed with one of its institution's keys. */
export function userToken({ privateKey, kid }: Pick<SigningPair, "privateKey" | "kid">, sub: string, lifetimeSec = 900): string {
  const now = Math.floor(Date.now() / 1000);
  return rs256(privateKey, { alg: "RS256", typ: "JWT", kid }, { sub, iat: now, exp: now + lifetimeSec });
}

/** An issuer's key set behind an address; `answer` decides what is there. */
export async function startKeySet(answer: () => { status?: number; body: string; delayMs?: number; location?: string }) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    const { status = 200, body, delayMs = 0, location } = answer();
    setTimeout(() => {
      response.writeHead(status, { "content-type": "application/json", ...(location ? { location } : {}) });
      response.end(body);
    }, delayMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/keys.json`,
    asked: () => asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
