import { newKey } from "@/lib/auth/credentials/key-format";
import { SCOPES } from "@/lib/auth/scopes";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/env";
import type { ServedHandler } from "@/tests/support/described";
import { asAdmin } from "@/tests/support/outbox";
import { load } from "@/tests/support/site";

interface KeyToMake {
  kind?: "secret" | "public";
  /** The person it acts as; the institution itself otherwise. */
  userId?: string;
  scopes?: readonly string[];
  expiresAt?: Date;
}

/** A key of an institution, as its page would make it. */
export async function makeKey(institutionId: string, options: KeyToMake = {}): Promise<{ key: string; id: string }> {
  const { kind = "secret", userId = null, scopes = SCOPES, expiresAt = new Date(Date.now() + 86_400_000) } = options;
  const made = newKey(kind);
  const id = newId();
  await asAdmin(
    `INSERT INTO api_key (institution_id, id, kind, name, prefix, last4, hash, user_id, scopes, expires_at)
     VALUES ($1, $2, $3, 'Program', $4, $5, $6, $7, $8, $9)`,
    [institutionId, id, kind, made.prefix, made.last4, made.hash, userId, [...scopes], expiresAt],
  );
  return { key: made.key, id };
}

export interface ProgramRequest {
  /** The route's file, below `app/`. */
  file: string;
  method: string;
  /** The path as a client writes it, with its query. */
  path: string;
  params?: Record<string, string>;
  headers?: Record<string, string>;
  /** Sent as JSON; a string and bytes go out as they are. */
  body?: unknown;
}

/** What Next does with a program's request. */
export async function callProgram({ file, method, path, params = {}, headers = {}, body }: ProgramRequest): Promise<Response> {
  const handler = (await load(`app/${file}`))[method === "HEAD" ? "GET" : method] as ServedHandler | undefined;
  if (!handler) {
    throw new Error(`${file} has no ${method}`);
  }
  const raw = typeof body === "string" || body instanceof Uint8Array || body === undefined ? body : JSON.stringify(body);
  const request = new Request(new URL(path, env().appOrigin), {
    method,
    headers: { ...(raw === undefined ? {} : { "content-type": "application/json" }), "x-forwarded-for": "192.0.2.7", ...headers },
    ...(raw === undefined ? {} : { body: raw as BodyInit }),
  });
  return handler(request, { params: Promise.resolve(params) });
}
